import { createHash } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import type { Source } from '../../shared/domain/source.ts'
import { pathOfSource } from '../files/openSource.ts'

const EDGE_BYTES = 1 << 16

/** {@link fingerprintSource} of a source, and of the genome that its places are of; empty where one of them has none. */
export async function fingerprintSources(source: Source, genome: Source | null, uploadsFolder: string): Promise<string> {
  const [own, whole] = await Promise.all([
    fingerprintSource(source, uploadsFolder),
    genome === null ? null : fingerprintSource(genome, uploadsFolder),
  ])
  return whole === null ? own : own && whole && `${own} ${whole}`
}

/**
 * A text by which a source is known to be unchanged: its size, its time of change, and a SHA-256 over its first and last bytes, since some
 * programs keep the time. An upload is never written to again, and its time is another where a workspace was copied. Empty where there is
 * nothing that could be read again: a pipe, or a file that is gone.
 */
export async function fingerprintSource(source: Source, uploadsFolder: string): Promise<string> {
  if (source.kind === 'text') return createHash('sha256').update(source.text).digest('hex')
  try {
    const path = pathOfSource(source, uploadsFolder)
    const stats = await stat(path)
    // A pipe would give its bytes only once.
    if (!stats.isFile()) return ''
    const file = await open(path, 'r')
    try {
      const hash = createHash('sha256')
      for (const at of [0, Math.max(0, stats.size - EDGE_BYTES)]) {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(EDGE_BYTES), 0, EDGE_BYTES, at)
        hash.update(buffer.subarray(0, bytesRead))
      }
      return [stats.size, ...(source.kind === 'path' ? [stats.mtimeMs] : []), hash.digest('hex')].join(' ')
    } finally {
      await file.close()
    }
  } catch {
    return ''
  }
}
