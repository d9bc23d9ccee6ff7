import type { Report } from './report.ts'
import type { WorkbookSheet } from '../files/workbookSheet.ts'

/** A report as the sheets of a workbook: its words first, then a sheet each table and each list of facts, with all digits. */
export function reportWorkbook({ title, subtitle, sections }: Report): WorkbookSheet[] {
  const words = sections.flatMap((section) =>
    section.blocks.flatMap((block): string[][] => {
      if (block.kind === 'paragraph') return [[section.title, block.text]]
      if (block.kind === 'list') return block.items.map((item) => [section.title, item])
      return []
    }),
  )
  return [
    { name: 'Report', header: ['Section', 'Text'], rows: [['Title', title], ['Made', subtitle], ...words] },
    ...sections.flatMap(({ blocks }) =>
      blocks.flatMap((block): WorkbookSheet[] => {
        if (block.kind === 'facts') return [{ name: block.name, header: ['What', 'Value'], rows: block.facts }]
        if (block.kind !== 'table') return []
        return [{ name: block.name, header: block.columns.map(({ label }) => label), rows: block.rows }]
      }),
    ),
  ]
}
