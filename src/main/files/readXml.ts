import { SaxesParser } from 'saxes'

/** Attributes of a tag by their names, prefixes of namespaces included. */
export type XmlAttributes = Readonly<Record<string, string>>

/** What is told of an XML document while it is read. Names of tags come without their namespace's prefix. */
export interface XmlEvents {
  open(name: string, attributes: XmlAttributes): void
  close(name: string): void
  /** Entities are resolved; a text may come in several pieces. */
  text(text: string): void
}

/** Takes an XML document in UTF-8, piece by piece. Both throw a RangeError where it is not well-formed, or ends too early. */
export interface XmlReader {
  push(piece: Uint8Array): void
  finish(): void
}

/** Tells of an XML document while it is read. */
export function xmlReader(events: XmlEvents): XmlReader {
  const parser = new SaxesParser()
  parser.on('error', (fault) => {
    throw new RangeError('a part of it is no well-formed XML', { cause: fault })
  })
  parser.on('opentag', ({ name, attributes }) => events.open(localName(name), attributes))
  parser.on('closetag', ({ name }) => events.close(localName(name)))
  parser.on('text', (text) => events.text(text))
  parser.on('cdata', (text) => events.text(text))
  const decoder = new TextDecoder()
  return {
    push: (piece) => void parser.write(decoder.decode(piece, { stream: true })),
    finish: () => void parser.close(),
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
