import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const encode = (name: string) => fileURLToPath(new URL(`../../fixtures/encode/${name}`, import.meta.url))

/** A simulated library in ENCODE's file formats; test/fixtures/encode/README.md says what is in it. */
export const library = {
  fasta: encode('library.fasta'),
  activities: { HepG2: encode('HepG2.tsv'), K562: encode('K562.tsv.gz'), WTC11: encode('WTC11.tsv.gz') },
  cellTypes: ['HepG2', 'K562', 'WTC11'],
  elements: 700,
  unmatchedSequences: 14,
} as const

/** Every file of the library, as a user would drop them. */
export const libraryFiles = [library.fasta, ...Object.values(library.activities)]

const realTable = fileURLToPath(new URL('../../../../shared/data/lentimpra/HepG2.tsv.gz', import.meta.url))
/** ENCODE4's HepG2 lentiMPRA table (Agarwal et al. 2025), beside the project where there is one; null elsewhere. */
export const lentiMpraHepG2 = existsSync(realTable) ? realTable : null
