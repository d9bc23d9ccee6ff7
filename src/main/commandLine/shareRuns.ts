import { resolve } from 'node:path'
import { countOf } from '../../shared/text/numbers.ts'
import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { table } from './table.ts'
import { progressLine } from './terminal.ts'
import { writeResult } from './writeResult.ts'

export interface ShareOptions extends CommonOptions {
  readonly runs: readonly number[]
  readonly sequences: boolean
  readonly out?: string
}

/** Writes runs to one file, with all that another workspace needs to compare and use them. */
export function shareRuns(
  { terminal, withWorkbench }: CommandContext,
  { workspace, runs, sequences, out }: ShareOptions,
): Promise<CommandResult> {
  const progress = progressLine(terminal)
  return withWorkbench(workspace, 'read', async ({ calls }) => {
    const { fileName, bytes } = await calls.experiments.share(
      { ids: [...runs], sequences },
      { signal: terminal.interrupted, onProgress: ({ stage, done, total }) => progress.show(stage, total ? ` ${done} of ${total}` : '') },
    )
    progress.end()
    const file = out ?? fileName
    await writeResult(file, bytes)
    return {
      json: { runs: [...new Set(runs)], sequences, file, bytes: bytes.byteLength },
      text: `${countOf(new Set(runs).size, 'run')}, ${sequences ? 'with' : 'without'} the sequences of the data: ${file}.\n`,
    }
  })
}

export interface OpenSharedOptions extends CommonOptions {
  readonly look?: true
}

/** Takes shared runs into the workspace, or only looks at them. */
export function openShared(
  { terminal, withWorkbench }: CommandContext,
  { workspace, look }: OpenSharedOptions,
  file: string,
): Promise<CommandResult> {
  const source = { kind: 'path', path: resolve(file) } as const
  const progress = progressLine(terminal)
  return withWorkbench(workspace, look ? 'read' : 'write', async ({ calls }) => {
    const found = await calls.experiments.inspectShared({ source }, { signal: terminal.interrupted })
    const { dataset } = found
    const data = `${dataset.name}: ${countOf(dataset.elements, 'element')} in ${dataset.cellTypes.join(', ')}, ${dataset.sequences ? 'with' : 'without'} sequences.\n`
    const header = ['run', 'variant', 'seed', 'test r', 'here before']
    if (look) {
      const rows = found.runs.map(({ variant, seed, testPearson, here }) => [
        '',
        variant,
        seed,
        testPearson,
        here === null ? 'no' : `run ${here}`,
      ])
      return { json: found, text: `${data}${table(header, rows)}` }
    }
    const taken = await calls.experiments.takeShared(
      { source },
      { signal: terminal.interrupted, onProgress: ({ stage, done, total }) => progress.show(stage, total ? ` ${done} of ${total}` : '') },
    )
    progress.end()
    const runs = taken.map(({ id, variant, seed, testPearson }, i) => ({
      run: id,
      variant,
      seed,
      testPearson,
      wasHere: found.runs[i]!.here !== null,
    }))
    return {
      json: { dataset: taken[0]!.dataset, name: taken[0]!.datasetName, runs },
      text: `${data}${table(
        header,
        runs.map(({ run, variant, seed, testPearson, wasHere }) => [run, variant, seed, testPearson, wasHere ? 'yes' : 'no']),
      )}`,
    }
  })
}
