import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { simulateElements } from '../../src/main/datasets/simulation/simulateElements.ts'

// Makes resources/demo/examples.fasta again: node resources/demo/makeExamples.ts
// Sequences that no demo dataset holds (the seed is the examples' own), each showing one thing that the pre-flight explains.
const [first, , second, , third, , fourth, , fifth] = [...simulateElements(12, 77_777)].map(({ sequence }) => sequence)
const records = {
  'example_1 as the model likes it': first!,
  'example_2 in lower case': second!.toLowerCase(),
  'example_3 with N': `${third!.slice(0, 100)}NNNNNN${third!.slice(106)}`,
  'example_4 longer than the model reads': fourth! + fifth!.slice(15, 115),
  'example_5 shorter than the model reads': fifth!.slice(15, 165),
  'example_6 a protein': 'MACDEFGHIKLMNPQRSTVWYACDEFGHIKLMNPQRSTVWYACDEFGHIKLMNPQRSTVWY',
}
const text = Object.entries(records).map(([name, sequence]) => `>${name}\n${sequence}\n`)
writeFileSync(join(import.meta.dirname, 'examples.fasta'), text.join(''))
