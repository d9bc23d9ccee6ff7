import { BigWig } from '@gmod/bbi'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bigWig, type Stretches } from '../../../../../src/main/scans/exporting/bigWig/bigWig.ts'
import { utf8Length, type Chromosome } from '../../../../../src/main/scans/exporting/bigWig/chromosomeTree.ts'
import { random } from '../../../../../src/shared/stats/random.ts'

const never = () => undefined

/** What the reader gives; its own types leave it open. */
interface Feature {
  readonly start: number
  readonly end: number
  readonly score: number
  readonly minScore: number
  readonly maxScore: number
}

/** A reader that is not ours. */
function read(bytes: Uint8Array): BigWig {
  return new BigWig({
    filehandle: {
      read: (length: number, position: number) => Promise.resolve(bytes.subarray(position, position + length)),
      readFile: () => Promise.resolve(bytes),
      stat: () => Promise.resolve({ size: bytes.byteLength }),
      close: () => Promise.resolve(),
    } as never,
  })
}

async function written(tracks: readonly (Chromosome & Stretches)[], span: number): Promise<Uint8Array> {
  return Buffer.concat(await bigWig(tracks, (i) => [tracks[i]!], span, never))
}

function track(name: string, windows: number, stride: number, seed: number): Chromosome & Stretches {
  const source = random(seed)
  const starts = Array.from({ length: windows }, (_, i) => i * stride + 7)
  return {
    name,
    length: windows * stride + 100,
    starts,
    ends: starts.map((start) => start + stride),
    values: Float32Array.from(starts, () => source.normal()),
  }
}

async function featuresOf(file: BigWig, { name, length }: Chromosome, from = 0, to = length) {
  const features = (await file.getFeatures(name, from, to)) as Feature[]
  return features.map(({ start, end, score }) => ({ start, end, score }))
}

describe('a bigWig', () => {
  it('is read back as it was written, by a reader that is not ours', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 40 })), { minLength: 1, maxLength: 5 }),
        async (shapes) => {
          const tracks = shapes.map(([windows, stride], i) => track(`chr${i}`, windows, stride, i))
          const file = read(await written(tracks, 10))
          for (const one of tracks) {
            expect(await featuresOf(file, one)).toEqual(
              one.starts instanceof Array &&
                one.starts.map((start: number, i: number) => ({ start, end: one.ends[i], score: one.values[i] })),
            )
          }
        },
      ),
      { numRuns: 15 },
    )
  })

  it('finds a stretch among hundreds of blocks, and names among thousands, whatever their letters', async () => {
    const names = [...Array.from({ length: 700 }, (_, i) => `tile ${i}|chr1:${i}`), 'Ärmel', 'α-globin'].sort((a, b) =>
      Buffer.compare(Buffer.from(a), Buffer.from(b)),
    )
    const tracks = names.map((name, i) => track(name, name === 'tile 5|chr1:5' ? 400_000 : 3, 20, i))
    const file = read(await written(tracks, 20))
    const header = await file.getHeader()
    expect(Object.values(header.refsByNumber).map(({ name, length }) => ({ name, length }))).toEqual(
      tracks.map(({ name, length }) => ({ name, length })),
    )
    const long = tracks.find(({ name }) => name === 'tile 5|chr1:5')!
    const middle = await featuresOf(file, long, 4_000_008, 4_000_046)
    expect(middle).toEqual([200_000, 200_001].map((i) => ({ start: i * 20 + 7, end: i * 20 + 27, score: long.values[i] })))
    expect(
      await featuresOf(
        file,
        tracks.find(({ name }) => name === 'Ärmel')!,
      ),
    ).toHaveLength(3)
  })

  it('sums up all of it, and each bin of its levels of zoom', async () => {
    const one = track('one', 50_000, 20, 3)
    const file = read(await written([one], 20))
    const { totalSummary, zoomLevels } = await file.getHeader()
    const values = Array.from(one.values)
    expect(totalSummary.basesCovered).toBe(1_000_000)
    expect(totalSummary.scoreMin).toBe(Math.min(...values))
    expect(totalSummary.scoreMax).toBe(Math.max(...values))
    expect(totalSummary.scoreSum).toBeCloseTo(
      values.reduce((sum, value) => sum + 20 * value, 0),
      6,
    )
    expect(totalSummary.scoreSumSquares).toBeCloseTo(
      values.reduce((sum, value) => sum + 20 * value * value, 0),
      4,
    )
    expect(zoomLevels.map(({ reductionLevel }) => reductionLevel)).toEqual([200, 800, 3200, 12_800, 51_200, 204_800, 819_200, 3_276_800])
    const coarse = (await file.getFeatures('one', 0, one.length, { basesPerSpan: 12_800 })) as Feature[]
    expect(coarse.length).toBe(Math.ceil(1_000_007 / 12_800))
    for (const { start, end, score, minScore, maxScore } of coarse) {
      // Window i is on the bases from 20 i + 7 on.
      const inside = values.flatMap((value, i) => {
        const bases = Math.min(i * 20 + 27, end) - Math.max(i * 20 + 7, start)
        return bases > 0 ? [{ value, bases }] : []
      })
      const bases = inside.reduce((sum, { bases }) => sum + bases, 0)
      expect(score).toBeCloseTo(inside.reduce((sum, { value, bases }) => sum + value * bases, 0) / bases, 4)
      expect(minScore).toBe(Math.min(...inside.map(({ value }) => value)))
      expect(maxScore).toBe(Math.max(...inside.map(({ value }) => value)))
    }
  })

  it('leaves out what has no value, and may be empty', async () => {
    const gap = { name: 'gap', length: 60, starts: [0, 20, 40], ends: [20, 40, 60], values: [1, Number.NaN, 2] }
    expect(await featuresOf(read(await written([gap], 20)), gap)).toEqual([
      { start: 0, end: 20, score: 1 },
      { start: 40, end: 60, score: 2 },
    ])
    const empty = { name: 'none', length: 10, starts: [], ends: [], values: [] }
    expect(await featuresOf(read(await written([empty], 20)), empty)).toEqual([])
  })
})

describe('the length of a name', () => {
  it('is that of its bytes, whatever its letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text))
      }),
    )
    for (const half of ['\ud83d', '\ude00', 'a\ud83d', '\ude00\ud83d', '\ud83d\ud83d\ude00'])
      expect(utf8Length(half)).toBe(Buffer.byteLength(half))
  })
})
