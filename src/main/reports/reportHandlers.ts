import type { WorkbenchHandlers } from '../../shared/contract/workbench.ts'
import { keepsAll } from '../../shared/domain/elementFilter.ts'
import { safeStem } from '../datasets/shelf/safeStem.ts'
import { writeWorkbook } from '../files/writeWorkbook.ts'
import { composeReport } from './composeReport.ts'
import { pdfInThread } from './pdfInThread.ts'
import { gatherMaterial, type ReportSources } from './gatherMaterial.ts'
import { reportWorkbook } from './reportWorkbook.ts'
import { writeHtml } from './writeHtml.ts'

/**
 * The calls that write documents. They change nothing.
 *
 * @param sources the workbench's own calls
 */
export function reportHandlers(sources: () => ReportSources, clock: () => Date): WorkbenchHandlers['reports'] {
  return {
    make: async ({ format, ...asked }, context) => {
      const material = await gatherMaterial(sources(), asked, clock().toISOString(), context)
      const report = composeReport(material)
      context.progress({ stage: 'Writing the report', done: 0, total: null })
      const stem = `${safeStem(material.dataset.name)} report${keepsAll(asked.filter) ? '' : ' filtered'}`
      switch (format) {
        case 'html':
          return { fileName: `${stem}.html`, bytes: new TextEncoder().encode(writeHtml(report)) }
        case 'pdf':
          return {
            fileName: `${stem}.pdf`,
            bytes: await pdfInThread({ report, madeAt: material.madeAt }, context.signal),
          }
        case 'xlsx':
          return {
            fileName: `${stem}.xlsx`,
            bytes: await writeWorkbook(reportWorkbook(report), new Date(material.madeAt)),
          }
      }
    },
    workbook: async ({ name, header, rows }) => ({
      fileName: `${safeStem(name)}.xlsx`,
      bytes: await writeWorkbook([{ name, header, rows }], clock()),
    }),
  }
}
