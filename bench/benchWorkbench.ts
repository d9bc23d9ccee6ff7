import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { forkEngine } from '../src/main/engine/forkEngine.ts'
import { silentLog } from '../src/main/logging/log.ts'
import { openWorkbench } from '../src/main/workbench.ts'
import { workbenchContract, type WorkbenchContract } from '../src/shared/contract/workbench.ts'
import { connect, type Connection } from '../src/shared/rpc/client.ts'
import { memoryChannel } from '../src/shared/rpc/memoryChannel.ts'
import { serve } from '../src/shared/rpc/server.ts'

export interface BenchWorkbench extends Omit<Connection<WorkbenchContract>, 'close'> {
  /** Where files of the measurement may lie; gone with the workbench. */
  readonly folder: string
  close(): Promise<void>
}

/** The core on an empty workspace, or that of a folder which stays, with the built engine in its own process, called as a page calls it. */
export async function openBenchWorkbench(kept?: string): Promise<BenchWorkbench> {
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'enhancer-bench-')))
  const startEngine = forkEngine(fileURLToPath(new URL('../out/engine/index.js', import.meta.url)), silentLog)
  const workbench = await openWorkbench({ folder: join(folder, 'workspace'), startEngine, clock: () => new Date(), log: silentLog })
  const [page, core] = memoryChannel()
  const server = serve(workbenchContract, workbench.handlers, core, {
    onFault: (fault) => {
      throw fault
    },
  })
  workbench.onEvent((name, value) => server.emit(name, value))
  return {
    ...connect(workbenchContract, page),
    folder,
    close: async () => {
      await workbench.close()
      if (kept === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}
