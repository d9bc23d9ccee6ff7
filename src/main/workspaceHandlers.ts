import { calls } from '../shared/contract/calls.ts'
import type { WorkbenchHandlers } from '../shared/contract/workbench.ts'
import manifest from '../../package.json' with { type: 'json' }
import type { ReadableDatabase, WritableDatabase } from './db/database.ts'
import { readSetting, writeSetting } from './db/settings.ts'
import { DEFAULT_UPLOAD_LIMIT } from './files/uploads.ts'
import { spaceOf } from './workspace.ts'

type WorkspaceHandlers = WorkbenchHandlers['workspace']

const settings = calls.workspace.settings.output.shape
/** Names in the database. */
const THEME = 'theme'
const UPLOAD_LIMIT = 'uploadLimitGiB'
const GIB = 2 ** 30

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
      const theme = settings.theme.safeParse(readSetting(database, THEME))
      return { theme: theme.success ? theme.data : 'system', uploadLimitGiB: readUploadLimit(database) / GIB }
    },
  }
}

/** Bytes that a page may upload in one file. */
export function readUploadLimit(database: ReadableDatabase): number {
  const limit = settings.uploadLimitGiB.safeParse(Number(readSetting(database, UPLOAD_LIMIT)))
  return limit.success ? limit.data * GIB : DEFAULT_UPLOAD_LIMIT
}

/** The calls about a workspace that can be written to. */
export function workspaceHandlers(database: WritableDatabase, folder: string): WorkspaceHandlers {
  return {
    ...workspaceReaders(database, folder, false),
    changeSettings: ({ theme, uploadLimitGiB }) => {
      if (theme !== undefined) writeSetting(database, THEME, theme)
      if (uploadLimitGiB !== undefined) writeSetting(database, UPLOAD_LIMIT, String(uploadLimitGiB))
      return {}
    },
  }
}
