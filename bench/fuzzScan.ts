/** `node bench/fuzzScan.ts [cases]`: gives the scan's readers so many files of nonsense, a million where no number is named. */
import fc from 'fast-check'
import { tmpdir } from 'node:os'
import { openSequences } from '../src/main/scans/readSequences.ts'
import { encodeBases } from '../src/shared/dna/bases.ts'
import { WorkbenchError } from '../src/shared/domain/errors.ts'

const cases = Number(process.argv[2] ?? 1_000_000)
const pieces = fc.constantFrom(
  ...'ACGTacgtNU',
  ...'>\n\r\t ,;"\'-.*EFé\0',
  '>x\n',
  '\n',
  'LOCUS x\n',
  'ORIGIN\n',
  '//\n',
  'chr1\t1\t5\n',
  'sequence\n',
)
const nonsense = fc.oneof(
  fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
  fc.string({ unit: 'binary', maxLength: 80 }),
)
const started = performance.now()
let scorable = 0
let refused = 0
await fc.assert(
  fc.asyncProperty(nonsense, async (text) => {
    try {
      const opened = await openSequences({ kind: 'text', text, name: 'nonsense' }, tmpdir(), {
        columns: null,
        genome: null,
        long: 'windows',
      })
      for await (const batch of opened.batches) {
        for (const { sequence, codes, problem } of batch) {
          if (problem) continue
          scorable++
          const again = encodeBases(sequence)
          if (!('codes' in again) || Buffer.compare(again.codes, codes) !== 0)
            throw new Error('something that is no DNA would have been scored')
        }
      }
    } catch (fault) {
      if (!(fault instanceof WorkbenchError)) throw fault
      refused++
    }
  }),
  { numRuns: cases },
)
const seconds = (performance.now() - started) / 1000
console.log(`${cases} files in ${seconds.toFixed(0)} s: ${refused} refused in words, ${scorable} sequences found to be DNA.`)
