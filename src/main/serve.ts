import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { messageOf, WorkbenchError } from '../shared/domain/errors.ts'
import { closeOnSignals } from './browser/closeOnSignals.ts'
import { openInBrowser } from './browser/openInBrowser.ts'
import { serveBrowser } from './browser/serveBrowser.ts'
import { readServeOptions, type ServeOptions } from './browser/serveOptions.ts'
import { engineEntry, forkEngine } from './engine/forkEngine.ts'
import { openPageCore } from './page/openPageCore.ts'

/** The browser face's entry: serves the workbench on the loopback address until a signal ends it. */
async function main({ workspace, page, uploadLimit, port, open }: ServeOptions): Promise<void> {
  const now = () => performance.now()
  const core = await openPageCore({
    folder: workspace,
    page,
    uploadLimit,
    engineStarter: (log) => forkEngine(engineEntry(import.meta.url), log),
  })
  try {
    const service = await serveBrowser({ ...core, port, now })
    const close = async () => {
      await service.close()
      await core.close()
    }
    const onFault = (fault: unknown) => core.onFault(fault, 'closing the workbench')
    closeOnSignals({ signals: process, exit: (code) => process.exit(code), now }, close, onFault)
    const { address } = service
    process.stdout.write(
      `\nThe workbench is open. Its page is at\n\n${address}\n\nThe address holds its key: share it with nobody. Ctrl+C closes the workbench.\n`,
    )
    if (open) openInBrowser(address)
  } catch (fault) {
    await core.close()
    throw fault
  }
}

main(readServeOptions(process.argv.slice(2), join(import.meta.dirname, '..'))).catch((fault: unknown) => {
  const hint = fault instanceof WorkbenchError ? fault.details.hint : undefined
  process.stderr.write(`${[messageOf(fault), hint].filter(Boolean).join(' ')}\n`)
  process.exit(1)
})
