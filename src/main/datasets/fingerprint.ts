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

/** SHA-256, in hex, of a dataset's content in its own order, which the order of rows in the files does not touch. */
export async function fingerprint({ minimumBarcodes, elements, cellTypes }: FingerprintedContent, breathe: Breathe): Promise<string> {
  const hash = createHash('sha256')
  hash.update(
    JSON.stringify([
      'enhancer-workbench dataset 1',
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
    hash.update(toBlob(activities))
    for (const replicate of replicates) {
      hash.update(toBlob(replicate.activities))
      if (replicate.barcodes) hash.update(toBlob(replicate.barcodes))
    }
  }
  return hash.digest('hex')
}
