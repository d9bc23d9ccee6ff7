import { basename, resolve } from 'node:path'
import type { WorkbenchClient, WorkbenchContract } from '../../shared/contract/workbench.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { ScorerReference } from '../../shared/domain/model.ts'
import type { Preflight, Scan, ScanOptions, Score } from '../../shared/domain/scan.ts'
import type { Connection } from '../../shared/rpc/client.ts'
import { shortestFloat32 } from '../scans/scoresTsv.ts'
import { WrongUse, type CommandContext, type CommandResult, type CommonOptions } from './command.ts'
import { progressLine, type Terminal } from './terminal.ts'
import { writeResult } from './writeResult.ts'

const PAGE = 10_000

export interface ScoreOptions extends CommonOptions {
  readonly run?: readonly number[]
  readonly model?: readonly number[]
  readonly ensemble?: readonly number[]
  readonly fasta: string
  readonly out?: string
  readonly windows?: boolean
  readonly long?: ScanOptions['long']
  readonly stride?: number
  readonly windowLength?: number
  readonly short?: ScanOptions['short']
  readonly shortest?: number
  readonly ambiguous?: number
  readonly strands?: ScanOptions['strands']
  readonly skip?: readonly number[]
  /** As `name=COL,sequence=COL`. */
  readonly columns?: string
  readonly genome?: string
  readonly shuffled?: number
  readonly seed?: number
  readonly seen: boolean
}

/** Scores a file's sequences with models of runs, imported ones, or ensembles. */
export function scoreSequences({ terminal, withWorkbench }: CommandContext, given: ScoreOptions): Promise<CommandResult> {
  const { workspace, fasta, out } = given
  const models = references(given)
  const options = scanOptions(given)
  return withWorkbench(workspace, 'write', async (workbench) => {
    const { calls } = workbench
    const asked = { models, source: { kind: 'path', path: resolve(fasta) }, options } as const
    const preflight = await calls.scans.preflight(asked, { signal: terminal.interrupted })
    const started = await calls.scans.start({ ...asked, name: basename(fasta) }, { signal: terminal.interrupted })
    for (const { message } of preflight.notes) terminal.err(`${message}\n`)
    const scan = await follow(workbench, started, preflight, terminal)
    const { skippedRecords: skipped } = await calls.scans.get({ id: scan.id })
    const { bytes } = await calls.scans.export({ id: scan.id, format: 'tsv' }, { signal: terminal.interrupted })
    if (out !== undefined) await writeResult(out, bytes)
    // Rows as objects are for programs alone: of a million sequences they are a gigabyte.
    const scores = given.json ? await readAll(calls, scan.id) : []
    const columns = scan.columns.map(({ key }) => key)
    const rows = scores.map(({ name, length, scores: values }) => ({
      name,
      length,
      ...Object.fromEntries(columns.map((column, c) => [column, shortestFloat32(values[c]!)])),
    }))
    const fitted = scores.filter((score) => score.fitted !== null).map(({ name, line, fitted }) => ({ name, line, fitted }))
    return {
      json: { scores: rows, skipped, scan: scan.id, target: scan.target, cellTypes: columns, fitted, notes: preflight.notes },
      text:
        out === undefined
          ? Buffer.from(bytes).toString()
          : `${scan.scored} sequences scored, ${scan.skipped} skipped; written to ${out}.\n`,
    }
  })
}

function references({ run = [], model = [], ensemble = [] }: ScoreOptions): ScorerReference[] {
  const all = [...run.map((id) => ({ run: id })), ...model.map((id) => ({ model: id })), ...ensemble.map((id) => ({ ensemble: id }))]
  if (all.length > 0) return all
  throw new WrongUse('Name a model: --run, --model or --ensemble.')
}

/** A command scores the middle of what is too long, and compares with nothing, unless it is asked to. */
function scanOptions(given: ScoreOptions): Partial<ScanOptions> {
  const {
    windows,
    long = windows ? 'windows' : 'middle',
    stride,
    windowLength,
    short,
    shortest,
    ambiguous,
    strands,
    skip,
    seed,
    genome,
  } = given
  const asked = {
    stride,
    windowLength,
    short,
    shortest,
    ambiguousShare: ambiguous,
    strands,
    skip: skip && [...skip],
    seed,
    columns: given.columns === undefined ? undefined : tableColumns(given.columns),
    genome: genome === undefined ? undefined : ({ kind: 'path', path: resolve(genome) } as const),
  }
  const set = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as Partial<ScanOptions>
  return { ...set, long, shuffled: given.shuffled ?? 0, seen: given.seen }
}

function tableColumns(text: string): NonNullable<ScanOptions['columns']> {
  const { name = null, sequence } = Object.fromEntries(
    text.split(',').map((part): [string, string] => {
      const at = part.indexOf('=')
      return [part.slice(0, Math.max(0, at)).trim(), part.slice(at + 1).trim()]
    }),
  )
  if (!sequence) throw new WrongUse('--columns is written as name=COL,sequence=COL; only the name may be left out.')
  return { name, sequence }
}

async function follow(
  { calls, on }: Connection<WorkbenchContract>,
  started: Scan,
  { records }: Preflight,
  terminal: Terminal,
): Promise<Scan> {
  const progress = progressLine(terminal)
  let scan = started
  const stop = () => void calls.scans.stop({ id: scan.id }).catch(() => {})
  let unlisten = () => {}
  try {
    await new Promise<void>((resolve, reject) => {
      const see = (seen: Scan) => {
        if (scan.state !== 'running') return
        scan = seen
        if (scan.state === 'running') progress.show('Scoring', ` ${scan.scored + scan.skipped} of ${records}`)
        else resolve()
      }
      unlisten = on('scans.changed', (seen) => {
        if (seen.id === started.id) see(seen)
      })
      if (terminal.interrupted.aborted) stop()
      terminal.interrupted.addEventListener('abort', stop, { once: true })
      calls.scans.get({ id: started.id }).then(({ skippedRecords: _, ...seen }) => see(seen), reject)
    })
  } finally {
    unlisten()
    terminal.interrupted.removeEventListener('abort', stop)
    progress.end()
  }
  if (scan.state !== 'completed')
    throw new WorkbenchError(scan.state === 'cancelled' ? 'cancelled' : 'internal', scan.message ?? 'The scan was stopped.')
  return scan
}

async function readAll(calls: WorkbenchClient, id: number): Promise<Score[]> {
  const all: Score[] = []
  for (;;) {
    const { total, scores } = await calls.scans.scores({ id, offset: all.length, limit: PAGE })
    for (const score of scores) all.push(score)
    if (all.length >= total || scores.length === 0) return all
  }
}
