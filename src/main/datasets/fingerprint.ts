import { createHash } from 'node:crypto'
import { toBlob } from '../db/vectors.ts'
import type { AssembledCellType } from './assembledCellType.ts'
import type { Breathe } from './breathe.ts'

/** Elements hashed at once. */
const BATCH = 1024

/** What a fingerprint is taken of: content alone, no names of files or of the dataset. */
export interface FingerprintedContent {
  readonly minimumBarcodes: number
  readonly elements: readonly { readonly name: string; readonly codes: Uint8Array }[]
  readonly cellTypes: readonly AssembledCellType[]
}

/** SHA-256, in hex, of a dataset's content, which the order of rows and columns in the files does not touch. */
export async function fingerprint({ minimumBarcodes, elements, cellTypes: all }: FingerprintedContent, breathe: Breathe): Promise<string> {
  const cellTypes = all.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const hash = createHash('sha256')
  hash.update(
    JSON.stringify([
      'enhancer-workbench dataset 2',
      minimumBarcodes,
      elements.length,
      cellTypes.map(({ name, replicates }) => [name, replicates.map((replicate) => replicate.name)]),
    ]),
  )
  for (let from = 0; from < elements.length; from += BATCH) {
    hash.update(
      Buffer.concat(elements.slice(from, from + BATCH).flatMap(({ name, codes }) => [Buffer.from(`${name}\n${codes.length}\n`), codes])),
    )
    await breathe()
  }
  for (const { activities, replicates } of cellTypes) {
    hash.update(sameBits(activities))
    for (const replicate of replicates) {
      hash.update(sameBits(replicate.activities))
      if (replicate.barcodes) hash.update(toBlob(replicate.barcodes))
    }
  }
  return hash.digest('hex')
}

const NAN_BITS = 0x7fc00000

/** The bytes of float32 values, with one NaN for the many that there are, and no negative zero: what is equal hashes alike. */
function sameBits(values: Float32Array): Uint8Array {
  const floats = new Float32Array(values.length)
  const bits = new Uint32Array(floats.buffer)
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) bits[i] = NAN_BITS
    else floats[i] = values[i]! + 0
  }
  return toBlob(floats)
}
