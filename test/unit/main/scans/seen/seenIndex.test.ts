import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SeenIndex } from '../../../../../src/main/scans/seen/seenIndex.ts'
import { reverseComplement } from '../../../../../src/shared/dna/bases.ts'
import { random } from '../../../../../src/shared/stats/random.ts'

const source = random(4)
const bases = (length: number) => Uint8Array.from({ length }, () => 1 << source.integer(4))
const elements = Array.from({ length: 60 }, () => bases(200))
const index = new SeenIndex(
  elements,
  Uint8Array.from(elements, (_, i) => i % 3),
)
const joined = (...pieces: Uint8Array[]) => Uint8Array.from(pieces.flatMap((piece) => [...piece]))

describe('SeenIndex', () => {
  it('knows an element on either strand, with the part that it is in', () => {
    elements.forEach((codes, element) => {
      const part = (['train', 'validation', 'test'] as const)[element % 3]
      expect(index.nearest(codes)).toEqual({ element, part, relation: 'exact' })
      expect(index.nearest(reverseComplement(codes))).toEqual({ element, part, relation: 'reverse complement' })
    })
  })

  it('finds every overlap of 30 bases or more at an end, on either strand, and whatever holds an element', () => {
    fc.assert(
      fc.property(fc.nat(59), fc.integer({ min: 30, max: 200 }), fc.boolean(), fc.boolean(), (element, shared, atStart, turned) => {
        const codes = elements[element]!
        const query = atStart ? joined(bases(170), codes.slice(0, shared)) : joined(codes.slice(200 - shared), bases(170))
        expect(index.nearest(turned ? reverseComplement(query) : query)).toMatchObject({ element, relation: 'overlap' })
      }),
      { numRuns: 300 },
    )
    const within = joined(bases(513), elements[7]!, bases(217))
    expect(index.all(within)).toEqual([{ element: 7, part: 'validation', relation: 'overlap' }])
  })

  it('finds a stretch of 50 bases or more out of an element', () => {
    fc.assert(
      fc.property(fc.nat(59), fc.nat(150), fc.nat(149), (element, from, more) => {
        const stretch = elements[element]!.slice(from, Math.min(200, from + 50 + more))
        expect(index.nearest(stretch)).toMatchObject({ element, relation: 'overlap' })
      }),
      { numRuns: 300 },
    )
  })

  it('sees nothing in what is of nowhere, nor in what is too short', () => {
    for (let i = 0; i < 500; i++) expect(index.nearest(bases(230))).toBeNull()
    expect(index.nearest(elements[0]!.slice(0, 29))).toBeNull()
    expect(index.nearest(new Uint8Array(0))).toBeNull()
  })

  it('names what was trained on first: a split may leak', () => {
    const [first, turned] = [elements[0]!, reverseComplement(elements[0]!)]
    const leaking = new SeenIndex([first, turned, joined(bases(150), first.slice(0, 50))], Uint8Array.of(2, 0, 1))
    expect(leaking.nearest(first)).toEqual({ element: 1, part: 'train', relation: 'reverse complement' })
    expect(leaking.all(first).map(({ element }) => element)).toEqual([1, 2, 0])
  })

  it('looks into what holds other letters too', () => {
    const codes = elements[3]!.slice()
    codes[100] = 15
    expect(index.nearest(codes)).toMatchObject({ element: 3, relation: 'overlap' })
  })
})
