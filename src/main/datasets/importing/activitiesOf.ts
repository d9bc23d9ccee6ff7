import { RowList } from './growing.ts'
import type { SettledReplicate } from './settleAssays.ts'

const PER_MILLION = 1e6

export interface ReplicateActivities {
  /** log2(RNA/DNA) as float32, [names], NaN where absent. */
  readonly activities: Float32Array
  /** Elements whose DNA was not seen, so that there is nothing to divide by. */
  readonly withoutDna: RowList
}

/**
 * The activities of a replicate. Counts are made counts per million first, over all that the files count in the replicate,
 * names without a sequence included, so that depth cancels: log2((RNA + p) / (DNA + p)) of CPM = count / total × 10⁶.
 *
 * @param pseudocount p, in counts per million
 * @param names how many names there are
 */
export function activitiesOf({ rows, dna }: SettledReplicate, pseudocount: number, names: number): ReplicateActivities {
  const activities = new Float32Array(names).fill(Number.NaN)
  const withoutDna = new RowList()
  if (dna === null) {
    activities.set(rows.activities.subarray(0, names))
    return { activities, withoutDna }
  }
  const perRna = PER_MILLION / total(rows.rna)
  const perDna = PER_MILLION / total(dna.dna)
  for (let name = 0; name < Math.min(names, rows.rna.length); name++) {
    const rnaCount = rows.rna[name]!
    if (Number.isNaN(rnaCount)) continue
    const dnaCount = dna.dna[name]
    if (dnaCount === undefined || !(dnaCount > 0)) {
      withoutDna.add(name, rows.files[name]!, rows.lines[name]!)
      continue
    }
    activities[name] = Math.log2((rnaCount * perRna + pseudocount) / (dnaCount * perDna + pseudocount))
  }
  return { activities, withoutDna }
}

function total(counts: Float64Array): number {
  let sum = 0
  for (const count of counts) if (!Number.isNaN(count)) sum += count
  return sum
}
