import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { CudaRuntime, EngineReport, Gpu } from '../../shared/domain/engine.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { DATABASE_FILE } from '../db/openDatabase.ts'
import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { table } from './table.ts'
import { progressLine } from './terminal.ts'

/**
 * Tells what GPUs the system reports, tries every engine, and says which one is used and why. That is a matter of the machine,
 * but the core opens on a workspace: one that is there is only read, where there is none it is made.
 */
export function checkEngine({ terminal, withWorkbench }: CommandContext, { workspace }: CommonOptions): Promise<CommandResult> {
  const access = existsSync(join(resolve(workspace), DATABASE_FILE)) ? 'read' : 'write'
  const progress = progressLine(terminal)
  return withWorkbench(workspace, access, async ({ calls }) => {
    const check = await calls.engine.check({}, { signal: terminal.interrupted, onProgress: ({ stage }) => progress.show(stage) })
    progress.end()
    const { chosen, engines, gpus, cuda } = check
    return {
      json: check,
      text: [
        chosen ? `Chosen: ${chosen}` : 'No engine works on this machine.',
        gpuLines(gpus, cuda),
        table(['engine', 'device', 'state', 'largest difference', 'rows/s', 'why'], engines.map(row)),
      ].join('\n\n'),
      failure: chosen
        ? undefined
        : new WorkbenchError('unavailable', 'No engine works on this machine.', { hint: 'The reasons stand beside each engine.' }),
    }
  })
}

function gpuLines(gpus: readonly Gpu[], { state, bytes }: CudaRuntime): string {
  const lines = gpus.map(({ name, driver }) => `GPU: ${name}, ${driver ? `driver ${driver}` : 'without a driver'}`)
  if (lines.length === 0) lines.push('GPU: the system reports none.')
  if (state === 'absent' && gpus.some(({ maker }) => maker === 'nvidia'))
    lines.push(
      `CUDA: not installed. npm run engine -- --cuda fetches it (${(bytes / 1e9).toFixed(1)} GB); TensorFlow then computes on the GPU.`,
    )
  return lines.join('\n')
}

function row({ name, device, works, difference, rowsPerSecond, reason }: EngineReport): string[] {
  return [
    name,
    device,
    works ? 'works' : 'does not work',
    difference === null ? '' : difference.toExponential(1),
    rowsPerSecond === null ? '' : String(Math.round(rowsPerSecond)),
    reason,
  ]
}
