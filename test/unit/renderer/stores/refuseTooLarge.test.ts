import { expect, it } from 'vitest'
import { refuseTooLarge } from '../../../../src/renderer/stores/refuseTooLarge.ts'

it('says how large a file is and may be, and lets one pass that is just as large', () => {
  expect(() => refuseTooLarge({ name: 'genome.fa', size: 3e9 }, 0.1)).toThrow('genome.fa has 3.0 GB; one upload may have 107 MB.')
  expect(() => refuseTooLarge({ name: 'genome.fa', size: 2 ** 30 }, 1)).not.toThrow()
})
