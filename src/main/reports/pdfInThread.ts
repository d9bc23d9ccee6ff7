import { runInThread, threadEntry } from '../threads/runInThread.ts'
import type { Report } from './report.ts'

export interface PdfJob {
  readonly report: Report
  readonly madeAt: string
}

/**
 * Writes a report as PDF beside the core, which seconds of layout would hold up.
 *
 * @throws WorkbenchError `cancelled`
 */
export function pdfInThread(job: PdfJob, signal: AbortSignal): Promise<Uint8Array> {
  return runInThread<PdfJob, Uint8Array>(threadEntry('pdfThread', import.meta.url), job, { signal })
}
