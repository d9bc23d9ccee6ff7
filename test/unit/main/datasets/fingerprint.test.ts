import { describe, expect, it } from 'vitest'
import { breather } from '../../../../src/main/datasets/breathe.ts'
import { fingerprint, type FingerprintedContent } from '../../../../src/main/datasets/fingerprint.ts'

const content = (): FingerprintedContent => ({
  minimumBarcodes: 10,
  elements: [
    { name: 'a', codes: Uint8Array.of(1, 2, 4, 8) },
    { name: 'b', codes: Uint8Array.of(8, 8) },
  ],
  cellTypes: [
    {
      name: 'K562',
      measured: 2,
      mean: 1,
      sd: 1,
      replicateR: null,
      ceiling: null,
      activities: Float32Array.of(1, 2),
      replicates: [{ name: '1', activities: Float32Array.of(1, 2), barcodes: Int32Array.of(10, 11) }],
    },
  ],
})
const hash = (changed: Partial<FingerprintedContent> = {}) => fingerprint({ ...content(), ...changed }, breather())

describe('fingerprint', () => {
  it('changes with anything that the data are, and with nothing else', async () => {
    const [cellType] = content().cellTypes
    const [replicate] = cellType!.replicates
    const first = await hash()
    expect(first).toMatch(/^[0-9a-f]{64}$/)
    expect(await hash({ cellTypes: [{ ...cellType!, ceiling: 0.5, mean: 7 }] })).toBe(first)
    const changes: Partial<FingerprintedContent>[] = [
      { minimumBarcodes: 9 },
      { elements: [{ name: 'A', codes: Uint8Array.of(1, 2, 4, 8) }, content().elements[1]!] },
      { elements: [{ name: 'a', codes: Uint8Array.of(1, 2, 4, 4) }, content().elements[1]!] },
      { elements: content().elements.toReversed() },
      { cellTypes: [{ ...cellType!, name: 'HepG2' }] },
      { cellTypes: [{ ...cellType!, activities: Float32Array.of(1, 3) }] },
      { cellTypes: [{ ...cellType!, replicates: [{ ...replicate!, activities: Float32Array.of(1, 3) }] }] },
      { cellTypes: [{ ...cellType!, replicates: [{ ...replicate!, barcodes: Int32Array.of(10, 12) }] }] },
      { cellTypes: [{ ...cellType!, replicates: [{ ...replicate!, name: '2' }] }] },
    ]
    const hashes = await Promise.all(changes.map(hash))
    expect(new Set([first, ...hashes]).size).toBe(changes.length + 1)
  })

  it('is the same for every way to write what is not known, and for a zero of either sign', async () => {
    const [cellType] = content().cellTypes
    const withActivities = (activities: Float32Array) => hash({ cellTypes: [{ ...cellType!, activities }] })
    const otherNaN = Float32Array.of(0, 0)
    new Uint32Array(otherNaN.buffer)[1] = 0xffc00001
    expect(otherNaN[1]).toBeNaN()
    expect(await withActivities(otherNaN)).toBe(await withActivities(Float32Array.of(-0, Number.NaN)))
  })
})
