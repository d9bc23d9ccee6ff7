import type { Comparison, Peer } from './comparePyTorch.ts'
import type { ImportRate } from './importRate.ts'
import type { describeMachine } from './machine.ts'

export interface Measurements {
  readonly machine: ReturnType<typeof describeMachine>
  readonly load: { readonly before: number; readonly after: number }
  readonly engine: string
  readonly setUpSeconds: number
  readonly freshSetUpSeconds: number | null
  readonly coldStartSeconds: number | null
  readonly engineStartSeconds: number
  readonly import: ImportRate
  readonly enginePeakMemory: number | null
}

const whole = (value: number) => Math.round(value).toLocaleString('en-GB')
const seconds = (value: number | null) => (value === null ? 'not measured' : `${value.toFixed(2)} s`)
const memory = (value: number | null) => (value === null ? 'not told by this system' : `${whole(value)} MiB`)

/** Everything but the comparisons, a line each. */
export function printMeasurements(of: Measurements): void {
  const { machine, load, import: imported } = of
  const { processor, cores, memoryGiB, platform, node } = machine
  const lines: [string, string][] = [
    ['Machine', `${processor}, ${cores} ${cores === 1 ? 'core' : 'cores'}, ${memoryGiB} GiB, ${platform}, Node ${node}`],
    ['Load', `${load.before.toFixed(1)} before, ${load.after.toFixed(1)} after (this bench included), for ${cores} cores`],
    ['Engine', of.engine],
    ['Set-up, everything in place', seconds(of.setUpSeconds)],
    ['Set-up of a fresh clone', of.freshSetUpSeconds === null ? 'not measured (--fresh measures it)' : seconds(of.freshSetUpSeconds)],
    ['Start of the server to first paint', of.coldStartSeconds === null ? 'not measured: no Chromium' : seconds(of.coldStartSeconds)],
    ['Start of the engine, proof included', seconds(of.engineStartSeconds)],
    ['Import', `${whole(imported.rowsPerSecond)} rows/s (${whole(imported.rows)} rows in ${seconds(imported.seconds)})`],
    ['Peak memory of the core, importing', memory(imported.peakMemory)],
    ['Peak memory of the engine', memory(of.enginePeakMemory)],
  ]
  const width = Math.max(...lines.map(([name]) => name.length))
  for (const [name, value] of lines) console.log(`${name.padEnd(width)}  ${value}`)
}

/** A table of the comparisons. */
export function printComparisons(comparisons: readonly Comparison[]): void {
  const peer = (of: Peer | null) => (of ? [whole(of.rowsPerSecond), `${of.ratio.toFixed(1)} ×`] : ['–', '–'])
  const header = ['', 'variant', 'batch', 'workbench', 'PyTorch, rows', 'ours', 'PyTorch, shared', 'ours']
  const table = [
    header,
    ...comparisons.map(({ what, variant, batch, ours, rows, shared }) => [
      what,
      variant,
      String(batch),
      whole(ours),
      ...peer(rows),
      ...peer(shared),
    ]),
  ]
  const widths = header.map((_, column) => Math.max(...table.map((cells) => cells[column]!.length)))
  console.log('\nRows (sequence × cell type) a second, three cell types a sequence; training as a whole epoch of the recipe seed')
  for (const cells of table)
    console.log(cells.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  '))
  console.log(
    [
      '',
      'PyTorch with its default number of threads or with one, whichever is faster in the round.',
      'rows: PyTorch sends each row through the whole network, as the published scripts do. shared: one pass of the trunk a sequence, as here.',
      'Predictions of the workbench are always scored 512 sequences at a time, through its process and back.',
      'Medians of the rounds, taken in turn; each ratio is the median of the rounds’ own. Whatever else runs on the machine is in',
      'them: on a busy one single rounds differ by half, ratios by less. Compare numbers of one run only.',
    ].join('\n'),
  )
}
