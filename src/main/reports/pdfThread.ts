import { parentPort, workerData } from 'node:worker_threads'
import { messageOf } from '../../shared/domain/errors.ts'
import type { ThreadMessage } from '../threads/runInThread.ts'
import type { PdfJob } from './pdfInThread.ts'
import { writePdf } from './writePdf.ts'

const { report, madeAt } = workerData as PdfJob
const say = (message: ThreadMessage<Uint8Array>) => parentPort!.postMessage(message)

try {
  say({ result: await writePdf(report, madeAt) })
} catch (fault) {
  say({ fault: { message: messageOf(fault), stack: fault instanceof Error ? fault.stack : undefined } })
}
