import { operationsPerSequence } from './arithmeticLimit.ts'
import type { Comparison, Peer } from './comparePyTorch.ts'
import type { ImportRate } from './importRate.ts'
import type { describeMachine } from './machine.ts'
import type { ScanRate } from './scanRate.ts'
import type { WholeJob } from './wholeJob.ts'

export interface Measurements {
  readonly machine: ReturnType<typeof describeMachine>
  readonly load: { readonly before: number; readonly after: number }
  readonly engine: string
  /** Null where no NVIDIA GPU and CUDA are at hand. */
  readonly gpuEngine: string | null
  readonly setUpSeconds: number
  readonly freshSetUpSeconds: number | null
  readonly coldStartSeconds: number | null
  readonly engineStartSeconds: number
  readonly import: ImportRate
  /** Floating-point operations a second of a plain matrix product. */
  readonly matMul: number
  readonly scan: ScanRate
  readonly job: WholeJob | null
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
    ['Engine on a GPU', of.gpuEngine ?? 'not measured: no NVIDIA GPU with CUDA (npm run engine -- --cuda)'],
    ['Set-up, everything in place', seconds(of.setUpSeconds)],
    ['Set-up of a fresh clone', of.freshSetUpSeconds === null ? 'not measured (--fresh measures it)' : seconds(of.freshSetUpSeconds)],
    ['Start of the server to first paint', of.coldStartSeconds === null ? 'not measured: no Chromium' : seconds(of.coldStartSeconds)],
    ['Start of the engine, proof included', seconds(of.engineStartSeconds)],
    ['Import', `${whole(imported.rowsPerSecond)} rows/s (${whole(imported.rows)} rows in ${seconds(imported.seconds)})`],
    ['A plain matrix product, all cores', `${whole(of.matMul / 1e9)} GFLOP/s`],
    ['Scan, FASTA file to database', scanLine(of.scan)],
    ['Whole job, four variants', of.job ? jobLine(of.job) : 'not measured (--job measures it)'],
    ['Peak memory of the core, importing', memory(imported.peakMemory)],
    ['Peak memory of the engine', memory(of.enginePeakMemory)],
  ]
  const width = Math.max(...lines.map(([name]) => name.length))
  for (const [name, value] of lines) console.log(`${name.padEnd(width)}  ${value}`)
}

function scanLine({ sequences, sequencesPerSecond, peer }: ScanRate): string {
  const beside = peer
    ? `; PyTorch’s bare forward pass for one cell type ${whole(peer.sequencesPerSecond)}, ours ${peer.ratio.toFixed(1)} ×`
    : ''
  return `${whole(sequencesPerSecond)} sequences/s in three cell types (${whole(sequences)} sequences)${beside}`
}

function jobLine({ elements, epochs, seconds: taken, secondsToFirstEpoch, memory: ofEngine, peerSeconds }: WholeJob): string {
  const beside = peerSeconds === null ? '' : ` (PyTorch’s steps alone, from its measured rates: ${seconds(peerSeconds)})`
  const memories = ofEngine.map(({ variant, second, last }) => `${variant} ${memory(second)} → ${memory(last)}`).join(', ')
  return [
    `${whole(elements)} elements, ${epochs} epochs: ${seconds(taken)}${beside}`,
    `first epoch after ${seconds(secondsToFirstEpoch)}`,
    `engine after epoch 2 and ${epochs}: ${memories}`,
  ].join('; ')
}

const LENGTH = 230
const CELL_TYPES = 3

/** How much of a plain matrix product's speed a figure is. */
function shareOfMatMul({ what, device, ours }: Comparison, matMul: number): string {
  if (device === 'cuda') return '–'
  return `${Math.round((100 * (ours / CELL_TYPES) * operationsPerSequence(LENGTH)[what]) / matMul)} %`
}

/** A table of the comparisons. */
export function printComparisons(comparisons: readonly Comparison[], matMul: number): void {
  const peer = (of: Peer | null) => (of ? [whole(of.rowsPerSecond), `${of.ratio.toFixed(1)} ×`] : ['–', '–'])
  const header = ['', 'variant', 'batch', 'workbench', 'of matMul', 'PyTorch, rows', 'ours', 'PyTorch, shared', 'ours']
  const table = [
    header,
    ...comparisons.map((comparison) => {
      const { what, device, variant, batch, ours, rows, shared } = comparison
      return [
        device === 'cuda' ? `${what}, GPU` : what,
        variant,
        String(batch),
        whole(ours),
        shareOfMatMul(comparison, matMul),
        ...peer(rows),
        ...peer(shared),
      ]
    }),
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
      'Predictions of the workbench are scored in batches of its own, through its process and back.',
      'of matMul: the convolutions’ floating-point operations a second, as a share of those of a plain matrix product on all cores.',
      'Medians of the rounds, taken in turn; each ratio is the median of the rounds’ own. Whatever else runs on the machine is in',
      'them: on a busy one single rounds differ by half, ratios by less. Compare numbers of one run only.',
    ].join('\n'),
  )
}
