import type { ImportReview } from '../../../shared/domain/importing.ts'
import { barcodesAt } from './averageReplicates.ts'
import type { PreparedContent, Selection } from './selectElements.ts'

/** Bars of the histogram; values from more barcodes stand in the last. */
const BARS = 200

/** Replicate values with a sequence by how many barcodes they are from, those that say nothing left out; null where none are counted. */
export function barcodeHistogram({ content: { library } }: PreparedContent, { cellTypes }: Selection): ImportReview['barcodes'] {
  const counted = cellTypes.filter(({ settled }) => settled.assay.countsBarcodes)
  if (counted.length === 0) return null
  const counts = new Array<number>(BARS + 1).fill(0)
  for (const { settled, replicates } of counted) {
    for (const [r, { activities }] of replicates.entries()) {
      const { barcodes } = settled.replicates[r]!.rows
      for (let name = 0; name < activities.length; name++) {
        const count = barcodesAt(barcodes, name)
        if (count >= 0 && !Number.isNaN(activities[name]) && library.hasSequence(name)) counts[Math.min(BARS, count)]!++
      }
    }
  }
  return { counts }
}
