import { afterEach, expect, it } from 'vitest'
import { readChunks } from '../../../../../src/main/db/scanChunks.ts'
import { readScan, readScansToAssess, saveDoubts } from '../../../../../src/main/db/scans.ts'
import { findDoubts } from '../../../../../src/main/scans/doubts/findDoubts.ts'
import { FourMers } from '../../../../../src/main/scans/fourMers.ts'
import { SEEN, UNLIKE_TRAINING } from '../../../../../src/main/scans/scanPlan.ts'
import { SeenIndex } from '../../../../../src/main/scans/seen/seenIndex.ts'
import { shareBelow } from '../../../../../src/main/scans/shareBelow.ts'
import type { TrainingReference } from '../../../../../src/main/scans/trainingReference.ts'
import { makeScan, type MadeScan } from '../reading/scanFixture.ts'

const WINDOW = 50
const NO_ADAPTERS = new Uint8Array(0)
const frame = { length: WINDOW, adapters: 'keep', prefix: NO_ADAPTERS, suffix: NO_ADAPTERS } as const

let made: MadeScan
afterEach(() => made.close())

/** Scans sequences of which some were trained on: the second and the fourth as they are, and a stretch of the fifth, which is cut into windows. */
function trainedOnSome(): TrainingReference {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
  made = makeScan({ names, lengths: [WINDOW, WINDOW, WINDOW, WINDOW, 400, WINDOW, 30, WINDOW, 300], windowLength: WINDOW, chunk: 4 })
  // As if the workbench had ended before anything was compared.
  made.database.prepare('DELETE FROM scan_doubts').run()
  made.database.prepare('UPDATE scans SET assessed = 0').run()
  const [, b, , d, e] = made.sequences.map(({ codes }) => codes)
  const training = [b!, d!, e!.subarray(120, 180)]
  const fourMers = new FourMers(training)
  const distances = Float32Array.from(training, (codes) => fourMers.distance(codes)).sort()
  const seen = new SeenIndex(training, Uint8Array.of(0, 1, 0))
  return {
    gc: { low: 0, high: 1 },
    lengths: { shortest: WINDOW, longest: 60 },
    names: ['b', 'd', 'e'],
    fourMers: () => fourMers,
    distances: () => distances,
    seen: () => seen,
  }
}

const scanOf = (seen: boolean) => ({ ...readScan(made.database, made.scan.id), frame, seen })

it('compares every sequence with the training part, the long ones block by block, and sees those that were trained on', () => {
  const training = trainedOnSome()
  const found = [...findDoubts(made.database, scanOf(true), training)]
  expect(found.map(({ start }) => start)).toEqual([0, 4, 8])
  const flags = found.flatMap((chunk) => [...chunk.flags])
  expect(flags.map((bits) => (bits & SEEN) > 0)).toEqual([false, true, false, false, true, false, false, false, false])
  const distance = found.flatMap((chunk) => [...chunk.distance])
  const share = (codes: Uint8Array) => shareBelow(training.distances(), training.fourMers().distance(codes))!
  made.sequences.forEach(({ codes, windows }, i) => {
    const blocks =
      windows === 0 ? [codes] : Array.from({ length: codes.length / WINDOW }, (_, b) => codes.subarray(b * WINDOW, (b + 1) * WINDOW))
    const expected = blocks.reduce((sum, block) => sum + share(block), 0) / blocks.length
    expect(distance[i]).toBeCloseTo(expected, 4)
    expect((flags[i]! & UNLIKE_TRAINING) > 0).toBe(expected >= 99)
  })
  const unasked = [...findDoubts(made.database, scanOf(false), training)]
  expect(unasked.flatMap((chunk) => [...chunk.flags]).some((bits) => bits & SEEN)).toBe(false)
})

it('goes on after what is kept, beside the flags that the scan set itself', () => {
  const training = trainedOnSome()
  const { database, scan } = made
  const [first] = findDoubts(database, scanOf(true), training)
  saveDoubts(database, scan.id, first!)
  expect(readScansToAssess(database)).toEqual([scan.id])
  const rest = [...findDoubts(database, scanOf(true), training)]
  expect(rest.map(({ start }) => start)).toEqual([4, 8])
  for (const doubts of rest) saveDoubts(database, scan.id, doubts)
  expect(readScansToAssess(database)).toEqual([])
  database.prepare('UPDATE scan_chunks SET flags = ? WHERE start = 4').run(Uint8Array.of(0, 0, 0, 2))
  const stored = [...readChunks(database, scan.id)]
  expect(stored.flatMap((chunk) => [...chunk.distance!])).toEqual([first!, ...rest].flatMap((chunk) => [...chunk.distance]))
  expect(stored[1]!.flags![0]! & SEEN).toBe(SEEN)
  expect(stored[1]!.flags![3]).toBe(2 | rest[0]!.flags[3]!)
})
