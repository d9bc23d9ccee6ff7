import type { ReadableDatabase } from './database.ts'

/** Datasets of a size, the newest first: those that may have the same content. */
export function findTwins(
  database: ReadableDatabase,
  {
    elements,
    rows,
    length,
    minimumBarcodes,
  }: { readonly elements: number; readonly rows: number; readonly length: number; readonly minimumBarcodes: number },
): { id: number; name: string; fingerprint: string }[] {
  return database
    .prepare<{ id: number; name: string; fingerprint: string }>(
      `SELECT id, name, fingerprint FROM datasets
       WHERE elements = ? AND rows = ? AND length = ? AND minimum_barcodes = ? AND binned_at IS NULL ORDER BY id DESC`,
    )
    .all(elements, rows, length, minimumBarcodes)
}
