import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { readFileSync } from 'node:fs'

const FAMILY = 'Roboto'

/** The font that lies in the PDF writer's own package: its files by style. */
export function fontFiles(): Readonly<Record<string, Readonly<Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>>>> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'fonts', FAMILY)
  const style = (name: string) => join(folder, `${FAMILY}-${name}.ttf`)
  return { [FAMILY]: { normal: style('Regular'), bold: style('Medium'), italics: style('Italic'), bolditalics: style('MediumItalic') } }
}

let letters: ((code: number) => boolean) | undefined

/**
 * A text with what the PDF's font has no letter for written as its number in Unicode, as `[U+4E2D]`, so that nothing is lost
 * without a word.
 */
export function inPdfLetters(text: string): string {
  letters ??= readCoverage(readFileSync(fontFiles()[FAMILY]!.normal))
  const has = letters
  return text.replace(/[^\x20-\x7e\n]/gu, (letter) => {
    const code = letter.codePointAt(0)!
    // Beyond the first plane the writer's text handling is not to be relied on, whatever the font has.
    return code <= 0xffff && has(code) ? letter : letter === '\t' ? ' ' : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`
  })
}

/**
 * Which characters a TrueType font has: its `cmap` of format 4 (OpenType specification, “cmap — Character to Glyph Index
 * Mapping Table”), which is there for the first plane in every font of our time.
 */
export function readCoverage(font: Uint8Array): (code: number) => boolean {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const cmap = tableAt(view, 'cmap')
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const at = cmap + view.getUint32(cmap + 4 + 8 * i + 4)
    if (view.getUint16(at) === 4) return formatFour(view, at)
  }
  throw new RangeError('the font has no character map of format 4')
}

function tableAt(view: DataView, tag: string): number {
  for (let i = 0; i < view.getUint16(4); i++) {
    const at = 12 + 16 * i
    const name = String.fromCharCode(...[0, 1, 2, 3].map((k) => view.getUint8(at + k)))
    if (name === tag) return view.getUint32(at + 8)
  }
  throw new RangeError(`the font has no table ${tag}`)
}

function formatFour(view: DataView, at: number): (code: number) => boolean {
  const segments = view.getUint16(at + 6) / 2
  const [ends, starts, deltas, offsets] = [at + 14, at + 16 + 2 * segments, at + 16 + 4 * segments, at + 16 + 6 * segments]
  return (code) => {
    for (let s = 0; s < segments; s++) {
      if (view.getUint16(ends + 2 * s) < code) continue
      const start = view.getUint16(starts + 2 * s)
      if (start > code) return false
      const offset = view.getUint16(offsets + 2 * s)
      if (offset === 0) return ((code + view.getUint16(deltas + 2 * s)) & 0xffff) !== 0
      return view.getUint16(offsets + 2 * s + offset + 2 * (code - start)) !== 0
    }
    return false
  }
}
