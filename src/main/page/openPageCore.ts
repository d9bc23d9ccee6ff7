import { join } from 'node:path'
import { workbenchContract } from '../../shared/contract/workbench.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import type { StartEngine } from '../engine/engineProcess.ts'
import { openUploads } from '../files/uploads.ts'
import type { Log } from '../logging/log.ts'
import { openLog } from '../logging/openLog.ts'
import { openWorkbench } from '../workbench.ts'
import type { PageService } from './answerPage.ts'
import { attachPage } from './attachPage.ts'
import { openPageFiles } from './pageFiles.ts'

export interface PageCoreOptions {
  /** The workspace; made where there is none. */
  readonly folder: string
  /** The built page's folder. */
  readonly page: string
  /** Bytes a file; as Settings say where it is left out. */
  readonly uploadLimit?: number | undefined
  /** How this face starts engine processes. */
  readonly engineStarter: (log: Log) => StartEngine
}

/** The core with all that a face needs to serve the page from it. */
export interface PageCore extends PageService {
  /** Gives a page, let in and connected, its core. */
  readonly attach: (channel: Channel) => void
  readonly close: () => Promise<void>
}

/**
 * Opens a workspace for pages.
 *
 * @throws WorkbenchError where the page was not built or the workspace cannot be opened; then nothing stays open
 */
export async function openPageCore({ folder, page, uploadLimit, engineStarter }: PageCoreOptions): Promise<PageCore> {
  const files = await openPageFiles(page)
  const log = openLog(join(folder, 'logs'))
  const onFault = (fault: unknown, during: string) => log.error({ err: fault }, during)
  const workbench = await openWorkbench({ folder, startEngine: engineStarter(log), clock: () => new Date(), log })
  return {
    files,
    uploads: await openUploads(workbench.uploadsFolder, () => uploadLimit ?? workbench.uploadLimit()),
    onFault,
    attach: (channel) => attachPage(workbenchContract, workbench, channel, onFault),
    close: workbench.close,
  }
}
