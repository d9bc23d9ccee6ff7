import { describe, expect, it } from 'vitest'
import { batchesPerEpoch, epochBatches, type Batch } from '../../../../src/engine/training/epochBatches.ts'
import { trainingData } from '../../../../src/engine/training/trainingData.ts'
import { PADDED_BASES } from '../../../../src/engine/variants/encoder.ts'
import { reverseComplement } from '../../../../src/shared/dna/bases.ts'
import { simulatedJob } from './simulatedJob.ts'

const job = simulatedJob({ elements: 50, recipe: { batchSize: 8 } })
const data = trainingData(job)
const order = { seed: 1, batchSize: 8, reverseComplement: false }
const key = (codes: ArrayLike<number>) => Array.from(codes).join()

function sequencesOf(batches: readonly Batch[]): Uint8Array[] {
  const width = job.length + 2 * PADDED_BASES
  return batches.flatMap(({ codes, size }) =>
    Array.from({ length: size }, (_, row) => Uint8Array.from(codes.subarray(row * width + PADDED_BASES, (row + 1) * width - PADDED_BASES))),
  )
}

describe('the batches of an epoch', () => {
  it('hold every training element once, with its own activities, the last what is left', () => {
    const batches = [...epochBatches(data, 1, order)]
    expect(batches.map(({ size }) => size)).toEqual([8, 8, 8, 8, 3])
    expect(batches.length).toBe(batchesPerEpoch(data, 8))
    const activities = batches.flatMap((batch) => [...batch.activities])
    const seen = sequencesOf(batches).map((codes, row) => `${key(codes)} ${activities.slice(row * 2, row * 2 + 2).join()}`)
    const expected = [...job.train].map((element) => `${key(data.codesOf(element))} ${key(data.activitiesOf(element))}`)
    expect(seen.toSorted()).toEqual(expected.toSorted())
    expect(seen).not.toEqual(expected)
  })

  it('follow from seed and epoch alone', () => {
    const keys = (epoch: number, seed: number) => sequencesOf([...epochBatches(data, epoch, { ...order, seed })]).map(key)
    expect(keys(3, 1)).toEqual(keys(3, 1))
    expect(keys(3, 1)).not.toEqual(keys(4, 1))
    expect(keys(3, 1)).not.toEqual(keys(3, 2))
  })

  it('read about half of the sequences as their reverse complements when asked to', () => {
    const plain = sequencesOf([...epochBatches(data, 1, order)])
    const augmented = sequencesOf([...epochBatches(data, 1, { ...order, reverseComplement: true })])
    const forward = augmented.filter((codes, row) => key(codes) === key(plain[row]!)).length
    const reversed = augmented.filter((codes, row) => key(codes) === key(reverseComplement(plain[row]!))).length
    expect(forward + reversed).toBe(plain.length)
    expect(reversed).toBeGreaterThan(plain.length / 4)
    expect(forward).toBeGreaterThan(plain.length / 4)
  })

  it('mask what was not measured', () => {
    const blank = trainingData({ ...job, activities: job.activities.map((activity, row) => (row % 2 ? NaN : activity)) })
    const [batch] = [...epochBatches(blank, 1, order)]
    expect([...batch!.measured]).toEqual(Array.from({ length: 16 }, (_, row) => (row % 2 ? 0 : 1)))
    expect(batch!.activities.filter((_, row) => row % 2)).toEqual(new Float32Array(8))
    expect(batch!.rows).toBe(8)
  })
})
