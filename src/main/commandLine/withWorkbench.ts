import { workbenchContract } from '../../shared/contract/workbench.ts'
import { connect } from '../../shared/rpc/client.ts'
import { memoryChannel } from '../../shared/rpc/memoryChannel.ts'
import type { StartEngine } from '../engine/engineProcess.ts'
import { silentLog, type Log } from '../logging/log.ts'
import { openLog } from '../logging/openLog.ts'
import { attachPage } from '../page/attachPage.ts'
import { openWorkbench } from '../workbench.ts'
import { workspaceFolders } from '../workspace.ts'
import type { WithWorkbench } from './command.ts'

/**
 * Opens the core and calls it over a channel, as a page does: so the command line can do nothing that the contract does not
 * say, and checks it at every use.
 */
export function withWorkbench(startEngine: (log: Log) => StartEngine): WithWorkbench {
  return async (folder, access, work) => {
    const readOnly = access === 'read'
    const log = readOnly ? silentLog : openLog(workspaceFolders(folder).logs)
    const workbench = await openWorkbench({
      folder,
      startEngine: startEngine(log),
      clock: () => new Date(),
      log,
      readOnly,
      trainQueued: access === 'train',
    })
    const [page, core] = memoryChannel()
    attachPage(workbenchContract, workbench, core, (fault, call) => log.error({ err: fault }, call))
    const connection = connect(workbenchContract, page)
    try {
      return await work(connection)
    } finally {
      await workbench.close()
      connection.close()
    }
  }
}
