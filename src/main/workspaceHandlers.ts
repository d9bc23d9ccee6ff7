import { calls } from '../shared/contract/calls.ts'
import type { WorkbenchHandlers } from '../shared/contract/workbench.ts'
import manifest from '../../package.json' with { type: 'json' }
import type { ReadableDatabase, WritableDatabase } from './db/database.ts'
import { readSetting, writeSetting } from './db/settings.ts'
import { spaceOf } from './workspace.ts'

type WorkspaceHandlers = WorkbenchHandlers['workspace']

/** The calls about the workspace that change nothing. */
export function workspaceReaders(database: ReadableDatabase, folder: string, readOnly: boolean): Omit<WorkspaceHandlers, 'changeSettings'> {
  const sqlite = database.prepare<{ version: string }>('SELECT sqlite_version() AS version').get()!.version
  return {
    info: async () => ({
      folder,
      readOnly,
      ...(await spaceOf(folder)),
      versions: { workbench: manifest.version, node: process.versions.node, sqlite },
    }),
    settings: () => {
      const theme = calls.workspace.settings.output.shape.theme.safeParse(readSetting(database, 'theme'))
      return { theme: theme.success ? theme.data : 'system' }
    },
  }
}

/** The calls about a workspace that can be written to. */
export function workspaceHandlers(database: WritableDatabase, folder: string): WorkspaceHandlers {
  return {
    ...workspaceReaders(database, folder, false),
    changeSettings: ({ theme }) => {
      writeSetting(database, 'theme', theme)
      return {}
    },
  }
}
