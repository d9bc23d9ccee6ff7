import { describe, expect, it } from 'vitest'
import { random } from '../../../../src/shared/stats/random.ts'
import { breather } from '../../../../src/main/datasets/breathe.ts'
import { indexEnds } from '../../../../src/main/datasets/indexEnds.ts'
import { SEED_LENGTH } from '../../../../src/main/datasets/seedIndex.ts'

const bases = (seed: number, length: number) => {
  const source = random(seed)
  return Array.from({ length }, () => 1 << source.integer(4))
}

describe('indexEnds', () => {
  it('takes the first and last 30-mer of unambiguous bases', async () => {
    const index = await indexEnds(
      [Uint8Array.from([15, ...bases(1, 60), 15, 15]), Uint8Array.from(bases(2, SEED_LENGTH)), Uint8Array.from(bases(3, 10))],
      breather(),
    )
    const places = Array.from({ length: index.count }, (_, seed) => [index.sequence(seed), index.at(seed)])
    expect(places).toEqual([
      [0, 1],
      [0, 31],
      [1, 0],
    ])
  })

  it('moves past an end that hundreds of strangers share, and not past one that hundreds of alleles share', async () => {
    const construct = bases(4, 50)
    const strangers = Array.from({ length: 400 }, (_, i) => Uint8Array.from([...bases(100 + i, 100), ...construct]))
    const window = bases(5, 150)
    const alleles = Array.from({ length: 400 }, (_, i) => Uint8Array.from(window.with(60 + (i % 30), 1 << (i & 3))))
    const index = await indexEnds([...strangers, ...alleles], breather())
    for (let seed = 0; seed < index.count; seed++) {
      if (index.sequence(seed) < strangers.length) expect([0, 90]).toContain(index.at(seed))
      else expect([0, 120]).toContain(index.at(seed))
    }
  })
})
