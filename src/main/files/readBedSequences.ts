import { reverseComplement } from '../../shared/dna/bases.ts'
import { formatCount } from '../../shared/text/numbers.ts'
import { toRecord } from './readPlainSequences.ts'
import type { FastaRecord } from './readFasta.ts'
import type { Genome } from './openGenome.ts'
import type { RowBatch } from './readTable.ts'

interface Place {
  readonly chromosome: string
  readonly start: number
  readonly end: number
  readonly reverse: boolean
}

const NO_CODES = new Uint8Array(0)

/**
 * The sequences of a BED file's places, cut from a genome: named by the fourth column, or else by their places, read on the strand of the
 * sixth. One of more than `longest` bases comes in pieces.
 */
export async function* readBedSequences(
  batches: AsyncIterable<RowBatch>,
  genome: Genome,
  longest = Infinity,
): AsyncGenerator<FastaRecord[]> {
  for await (const { lines, rows } of batches) {
    const records: FastaRecord[] = []
    for (const [i, cells] of rows.entries()) {
      const line = lines[i]!
      const [chromosome = '', start = '', end = '', name, , strand] = cells
      const named = { name: name !== undefined && /[^.\s]/.test(name) ? name : `${chromosome}:${start}-${end}`, line }
      const place = placeOf(chromosome, start, end, strand, genome)
      if (typeof place === 'string') {
        records.push({ ...named, sequence: '', codes: NO_CODES, problem: { line, message: place } })
      } else if (place.end - place.start <= longest) {
        records.push(await cut(named, place, genome))
      } else {
        if (records.length > 0) yield records.splice(0)
        yield* inPieces(named, place, genome, longest)
      }
    }
    if (records.length > 0) yield records
  }
}

async function* inPieces(
  named: Pick<FastaRecord, 'name' | 'line'>,
  place: Place,
  genome: Genome,
  longest: number,
): AsyncGenerator<FastaRecord[]> {
  const { start, end, reverse } = place
  for (let done = 0; done < end - start; done += longest) {
    const count = Math.min(longest, end - start - done)
    const from = reverse ? end - done - count : start + done
    const record = await cut(named, { ...place, start: from, end: from + count }, genome)
    yield [{ ...record, piece: { first: done === 0, last: done + count === end - start } }]
  }
}

async function cut(
  named: Pick<FastaRecord, 'name' | 'line'>,
  { chromosome, start, end, reverse }: Place,
  genome: Genome,
): Promise<FastaRecord> {
  const record = toRecord(named, await genome.read(chromosome, start, end))
  return reverse ? { ...record, codes: reverseComplement(record.codes) } : record
}

/** A place on the genome, or why there is none. */
function placeOf(
  chromosome: string,
  start: string,
  end: string,
  strand: string | undefined,
  { chromosomes, file }: Genome,
): Place | string {
  const [from, to] = [start, end].map((text) => (/^\d{1,15}$/.test(text.trim()) ? Number(text) : -1)) as [number, number]
  if (from < 0 || to < 0) return `Its place, ${start} to ${end}, is no pair of whole numbers.`
  const length = chromosomes.get(chromosome)
  if (length === undefined) return `${file} has no ${chromosome === '' ? 'chromosome without a name' : chromosome}.`
  if (from >= to) return `It ends at ${formatCount(to)}, not after its start at ${formatCount(from)}.`
  if (to > length) return `It ends at ${formatCount(to)}, and ${chromosome} at ${formatCount(length)}.`
  return { chromosome, start: from, end: to, reverse: strand?.trim() === '-' }
}
