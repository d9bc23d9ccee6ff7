import { basename, resolve } from 'node:path'
import type { WorkbenchClient, WorkbenchContract } from '../../shared/contract/workbench.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Preflight, Scan, Score } from '../../shared/domain/scan.ts'
import type { Connection } from '../../shared/rpc/client.ts'
import { reasonOf } from '../files/reasonOf.ts'
import { writeWhole } from '../files/writeWhole.ts'
import { shortestFloat32, tsvHeader, tsvLines } from '../scans/scoresTsv.ts'
import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { modelReference } from './modelReference.ts'
import { progressLine, type Terminal } from './terminal.ts'

const PAGE = 10_000

export interface ScoreOptions extends CommonOptions {
  readonly run?: number
  readonly model?: number
  readonly fasta: string
  readonly out?: string
}

/** Scores a file's sequences with a run's model, or an imported one. */
export function scoreSequences(
  { terminal, withWorkbench }: CommandContext,
  { workspace, fasta, out, ...named }: ScoreOptions,
): Promise<CommandResult> {
  const of = modelReference(named)
  return withWorkbench(workspace, 'write', async (workbench) => {
    const { calls } = workbench
    const source = { kind: 'path', path: resolve(fasta) } as const
    const preflight = await calls.scans.preflight({ ...of, source }, { signal: terminal.interrupted })
    const started = await calls.scans.start({ ...of, source, name: basename(fasta) }, { signal: terminal.interrupted })
    for (const { message } of preflight.notes) terminal.err(`${message}\n`)
    const scan = await follow(workbench, started, preflight, terminal)
    const { skippedRecords: skipped } = await calls.scans.get({ id: scan.id })
    const scores = await readAll(calls, scan.id)
    const tsv = tsvHeader(scan.cellTypes) + tsvLines(scores)
    if (out !== undefined) await writeOut(out, tsv)
    const rows = scores.map(({ name, length, scores: values }) => ({
      name,
      length,
      ...Object.fromEntries(scan.cellTypes.map((cellType, c) => [cellType, shortestFloat32(values[c]!)])),
    }))
    const fitted = scores.filter((score) => score.fitted !== null).map(({ name, line, fitted }) => ({ name, line, fitted }))
    return {
      json: { scores: rows, skipped, scan: scan.id, target: scan.target, cellTypes: scan.cellTypes, fitted, notes: preflight.notes },
      text: out === undefined ? tsv : `${scan.scored} sequences scored, ${scan.skipped} skipped; written to ${out}.\n`,
    }
  })
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

async function writeOut(out: string, tsv: string): Promise<void> {
  try {
    await writeWhole(resolve(out), tsv)
  } catch (fault) {
    const file = basename(out)
    throw new WorkbenchError('unavailable', `${file} could not be written: ${reasonOf(fault)}.`, {
      file,
      hint: 'Name another file with --out.',
    })
  }
}
