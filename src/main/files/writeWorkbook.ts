import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'
import { sheetNames } from './sheetNames.ts'
import { sheetXml, SPREADSHEET } from './sheetXml.ts'
import type { WorkbookSheet } from './workbookSheet.ts'
import { workbookText } from './workbookText.ts'

const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
/** The second style is bold, for headers. */
const STYLES =
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'

/**
 * Tables as a workbook of Excel (Office Open XML, ECMA-376), a sheet each, written and compressed as their rows come, so that others have
 * their turn in between. A text is a text, whatever it looks like. Headers are bold and stay in sight.
 *
 * @param at when it was made
 * @throws WorkbenchError `invalid-input` where a table is larger than a workbook can be; whatever the rows throw
 */
export async function writeWorkbook(sheets: readonly WorkbookSheet[], at: Date): Promise<Uint8Array> {
  const names = sheetNames(sheets.map(({ name }) => name))
  const numbers = sheets.map((_, i) => i + 1)
  const zip = new ZipFile()
  const add = (path: string, text: string) => zip.addBuffer(Buffer.from(text), path, { mtime: at })
  add('[Content_Types].xml', contentTypes(numbers))
  add('_rels/.rels', relationships(['officeDocument" Target="xl/workbook.xml']))
  add(
    'xl/_rels/workbook.xml.rels',
    relationships([...numbers.map((n) => `worksheet" Target="worksheets/sheet${n}.xml`), 'styles" Target="styles.xml']),
  )
  const listed = names.map((name, i) => `<sheet name="${workbookText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')
  add('xl/workbook.xml', part('workbook', SPREADSHEET, `<sheets>${listed}</sheets>`, ` xmlns:r="${RELATIONSHIPS}"`))
  add('xl/styles.xml', part('styleSheet', SPREADSHEET, STYLES))
  const failed = Promise.withResolvers<never>()
  zip.on('error', failed.reject)
  for (const [i, sheet] of sheets.entries()) {
    // The archive does not listen to what its sources throw.
    const xml = Readable.from(sheetXml(sheet), { objectMode: false }).on('error', failed.reject)
    zip.addReadStream(xml, `xl/worksheets/sheet${i + 1}.xml`, { mtime: at })
  }
  zip.end()
  const archive = await Promise.race([buffer(zip.outputStream), failed.promise])
  // As plain bytes: a Buffer would write itself into a message as JSON.
  return new Uint8Array(archive.buffer, archive.byteOffset, archive.byteLength)
}

function contentTypes(sheets: readonly number[]): string {
  const named = sheets.map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/>`)
  return part(
    'Types',
    `${PACKAGE}/content-types`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/>` +
      named.join(''),
  )
}

function relationships(targets: readonly string[]): string {
  const all = targets.map((target, i) => `<Relationship Id="rId${i + 1}" Type="${RELATIONSHIPS}/${target}"/>`)
  return part('Relationships', `${PACKAGE}/relationships`, all.join(''))
}

function part(element: string, namespace: string, content: string, attributes = ''): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<${element} xmlns="${namespace}"${attributes}>${content}</${element}>`
}
