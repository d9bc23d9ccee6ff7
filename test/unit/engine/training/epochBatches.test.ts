import { describe, expect, it } from 'vitest'
import { batchesPerEpoch, epochBatches, type Batch } from '../../../../src/engine/training/epochBatches.ts'
import { trainingData } from '../../../../src/engine/training/trainingData.ts'
import { PADDED_BASES } from '../../../../src/engine/variants/encoder.ts'
import { PADDING, reverseComplement } from '../../../../src/shared/dna/bases.ts'
import { simulatedJob } from './simulatedJob.ts'

const job = simulatedJob({ elements: 50, recipe: { batchSize: 8 } })
const data = trainingData(job)
const order = { seed: 1, batchSize: 8, reverseComplement: false, shift: 0 }
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

  describe('that are shifted', () => {
    const shift = 3
    const plain = sequencesOf([...epochBatches(data, 1, order)])
    const shifted = (epoch: number, more = {}) => sequencesOf([...epochBatches(data, epoch, { ...order, shift, ...more })])
    const moved = (codes: Uint8Array, by: number) =>
      Uint8Array.from(codes, (_, i) => (i - by >= 0 && i - by < codes.length ? codes[i - by]! : PADDING))
    const distances = Array.from({ length: 2 * shift + 1 }, (_, i) => i - shift)
    /** By how much each sequence of an epoch was moved. */
    const movesOf = (epoch: number, more = {}) => {
      const unmoved = sequencesOf([...epochBatches(data, epoch, { ...order, ...more })])
      return shifted(epoch, more).map((codes, row) => distances.find((by) => key(moved(unmoved[row]!, by)) === key(codes)))
    }

    it('move each sequence by at most so many bases either way, padding what comes in', () => {
      const moves = movesOf(1)
      expect(moves).not.toContain(undefined)
      expect(moves.length).toBe(plain.length)
    })

    it('take all distances alike', () => {
      const moves = Array.from({ length: 100 }, (_, epoch) => movesOf(epoch + 1)).flat()
      const expected = moves.length / distances.length
      // Six standard deviations of a binomial count.
      for (const by of distances)
        expect(Math.abs(moves.filter((move) => move === by).length - expected)).toBeLessThan(6 * Math.sqrt(expected))
    })

    it('follow from seed, epoch and element alone, not from who else is in the epoch', () => {
      expect(shifted(2).map(key)).toEqual(shifted(2).map(key))
      expect(movesOf(1)).not.toEqual(movesOf(2))
      const moveOf = (train: Int32Array) => {
        const part = trainingData({ ...job, train })
        const unmoved = sequencesOf([...epochBatches(part, 1, order)])
        const codes = sequencesOf([...epochBatches(part, 1, { ...order, shift })])
        const row = unmoved.findIndex((sequence) => key(sequence) === key(data.codesOf(job.train[0]!)))
        return key(codes[row]!)
      }
      expect(moveOf(job.train)).toEqual(moveOf(job.train.slice(0, 5)))
    })

    it('move reverse complements, too, and leave activities where they were', () => {
      expect(movesOf(1, { reverseComplement: true })).not.toContain(undefined)
      const activities = (more: object) => [...epochBatches(data, 1, { ...order, ...more })].map((batch) => batch.activities)
      expect(activities({ shift })).toEqual(activities({}))
    })

    it('are refused where nothing would be left of a sequence', () => {
      const wide = simulatedJob({ length: 30, recipe: { shift: 30 } })
      expect(() => trainingData(wide)).toThrow('A shift of 30 bases would move sequences of 30 bases out of sight.')
      expect(trainingData(simulatedJob({ length: 30, recipe: { shift: 29 } })).length).toBe(30)
    })
  })

  it('mask what was not measured', () => {
    const blank = trainingData({ ...job, activities: job.activities.map((activity, row) => (row % 2 ? NaN : activity)) })
    const [batch] = [...epochBatches(blank, 1, order)]
    expect([...batch!.measured]).toEqual(Array.from({ length: 16 }, (_, row) => (row % 2 ? 0 : 1)))
    expect(batch!.activities.filter((_, row) => row % 2)).toEqual(new Float32Array(8))
    expect(batch!.rows).toBe(8)
  })
})
