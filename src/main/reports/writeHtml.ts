import { isNumeric, shownCell, type Report, type ReportBlock, type ReportTable } from './report.ts'

/** A report as one HTML file: it loads nothing, runs nothing, and prints as it reads. */
export function writeHtml({ title, subtitle, sections }: Report): string {
  const ids = sections.map((_, i) => `section-${i + 1}`)
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    // Whoever puts the file on a server serves nothing but what is in it.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escape(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<header><h1>${escape(title)}</h1><p>${escape(subtitle)}</p></header>`,
    `<nav aria-label="Contents"><ol>${sections.map((section, i) => `<li><a href="#${ids[i]!}">${escape(section.title)}</a></li>`).join('')}</ol></nav>`,
    '<main>',
    ...sections.map(
      (section, i) =>
        `<section id="${ids[i]!}"><h2>${escape(section.title)}</h2>\n${section.blocks.map(blockToHtml).join('\n')}\n</section>`,
    ),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function blockToHtml(block: ReportBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${escape(block.text)}</p>`
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escape(item)}</li>`).join('')}</ul>`
    case 'facts':
      return `<dl>${block.facts.map(([label, value]) => `<dt>${escape(label)}</dt><dd>${escape(value)}</dd>`).join('')}</dl>`
    case 'table':
      return tableToHtml(block)
    case 'figure':
      return `<figure>${block.svg}<figcaption>${escape(block.caption)}</figcaption></figure>`
  }
}

function tableToHtml({ caption, columns, rows }: ReportTable): string {
  const kinds = columns.map((column) => (isNumeric(column) ? ' class="number"' : ''))
  const head = columns.map(({ label }, c) => `<th scope="col"${kinds[c]!}>${escape(label)}</th>`).join('')
  const body = rows.map(
    (row) => `<tr>${columns.map((column, c) => `<td${kinds[c]!}>${escape(shownCell(row[c] ?? null, column))}</td>`).join('')}</tr>`,
  )
  return `<div class="table" tabindex="0" role="region" aria-label="${escape(caption)}"><table><caption>${escape(caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`
}

/** Text as HTML, in an element or an attribute. Characters that no HTML document may hold are shown as U+FFFD. */
function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/(?![\t\n])\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}/gu, '\ufffd')
}

const STYLE = `
:root { color-scheme: light; font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif; color: #1a2026; background: #fff; }
body { max-width: 60rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; border-bottom: 1px solid #d5dade; padding-bottom: .25rem; }
header p, figcaption, caption { color: #4c565e; }
nav ol { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; }
a { color: #00558a; }
p, li, dd { overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: minmax(10rem, 18rem) 1fr; gap: .25rem 1rem; }
dt { color: #4c565e; }
dd { margin: 0; }
.table { overflow-x: auto; margin: 1.25rem 0; }
table { border-collapse: collapse; font-size: .875rem; }
caption { text-align: left; padding-bottom: .5rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #d5dade; overflow-wrap: anywhere; }
th { border-bottom: 2px solid #4c565e; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
figure { margin: 1.5rem 0; }
figure svg { max-width: 100%; height: auto; }
@media print {
  @page { size: A4; margin: 18mm 16mm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav { display: none; }
  h2 { break-after: avoid; }
  figure, tr { break-inside: avoid; }
  .table { overflow: visible; }
  thead { display: table-header-group; }
}
`
