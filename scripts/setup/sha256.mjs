import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/**
 * SHA-256 of a file's bytes, in hex. Reads it as a stream: the wheels are hundreds of megabytes.
 * @param {string} file
 */
export const sha256OfFile = async (file) => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}
