import { latestVersion, migrations } from '../db/migrate.ts'
import type { CommandContext, CommandResult, CommonOptions } from './command.ts'

/** Brings a workspace up to this version of the workbench, after a copy; one that is up to date is left as it is. */
export function migrateWorkspace({ withWorkbench }: CommandContext, { workspace }: CommonOptions): Promise<CommandResult> {
  return withWorkbench(workspace, 'write', async ({ calls }) => {
    const { folder } = await calls.workspace.info({})
    const version = latestVersion(migrations)
    return { json: { workspace: folder, version }, text: `${folder} is up to date: its data has version ${version}.\n` }
  })
}
