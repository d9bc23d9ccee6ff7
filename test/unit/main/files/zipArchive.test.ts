import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeZip } from '../../../../src/main/files/writeZip.ts'
import { openZip, withZipFile, type ZipArchive } from '../../../../src/main/files/zipArchive.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const files = [
  { fileName: 'a.txt', bytes: Buffer.from('activity of an element in a cell type, once and again, once and again') },
  { fileName: 'ö/empty', bytes: Buffer.alloc(0) },
  { fileName: 'b.bin', bytes: Buffer.from(Uint8Array.from({ length: 300 }, (_, i) => (i * 37) % 251)) },
]

async function contents(archive: ZipArchive): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const name of archive.names) {
    const pieces: Uint8Array[] = []
    for await (const piece of archive.open(name)!) pieces.push(piece)
    found[name] = Buffer.concat(pieces).toString('base64')
  }
  return found
}
const whole = Object.fromEntries(files.map(({ fileName, bytes }) => [fileName, bytes.toString('base64')]))

describe('a ZIP archive', () => {
  it('gives back what was written, from memory and from the disk', async () => {
    const archive = await writeZip(files, new Date())
    expect(await contents(await openZip(Buffer.from(archive)))).toEqual(whole)
    const path = join(temporaryFolder(), 'archive.zip')
    writeFileSync(path, archive)
    expect(await withZipFile(path, contents)).toEqual(whole)
  })

  it('never gives a member other than it was, whichever byte is changed', async () => {
    const archive = await writeZip(files, null)
    let refused = 0
    for (let at = 0; at < archive.byteLength; at++) {
      for (const by of [1, 0x80]) {
        const damaged = Buffer.from(archive)
        damaged[at]! ^= by
        try {
          const found = await contents(await openZip(damaged))
          for (const [name, content] of Object.entries(found)) if (name in whole) expect(content).toBe(whole[name])
        } catch (fault) {
          expect(fault).toBeInstanceOf(RangeError)
          refused++
        }
      }
    }
    expect(refused).toBeGreaterThan(archive.byteLength / 2)
  })

  it('has the same bytes for the same files where its date is nobody’s business', async () => {
    expect(Buffer.from(await writeZip(files, null)).equals(Buffer.from(await writeZip(files, null)))).toBe(true)
  })
})
