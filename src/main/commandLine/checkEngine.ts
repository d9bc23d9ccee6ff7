import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { DATABASE_FILE } from '../db/openDatabase.ts'
import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { table } from './table.ts'
import { progressLine } from './terminal.ts'

/**
 * Tries every engine, and says which one is used and why. That is a matter of the machine, but the core opens on a workspace:
 * one that is there is only read, where there is none it is made.
 */
export function checkEngine({ terminal, withWorkbench }: CommandContext, { workspace }: CommonOptions): Promise<CommandResult> {
  const access = existsSync(join(resolve(workspace), DATABASE_FILE)) ? 'read' : 'write'
  const progress = progressLine(terminal)
  return withWorkbench(workspace, access, async ({ calls }) => {
    const { chosen, engines, versions } = await calls.engine.check(
      {},
      { signal: terminal.interrupted, onProgress: ({ stage }) => progress.show(stage) },
    )
    progress.end()
    const rows = engines.map((engine) => [
      engine.name,
      engine.device,
      engine.works ? 'works' : 'does not work',
      engine.rowsPerSecond === null ? '' : String(Math.round(engine.rowsPerSecond)),
      engine.reason,
    ])
    return {
      json: { chosen, engines, versions },
      text: `${chosen ? `Chosen: ${chosen}` : 'No engine works on this machine.'}\n\n${table(['engine', 'device', '', 'rows/s', 'why'], rows)}`,
      failure: chosen
        ? undefined
        : new WorkbenchError('unavailable', 'No engine works on this machine.', { hint: 'The reasons stand beside each engine.' }),
    }
  })
}
