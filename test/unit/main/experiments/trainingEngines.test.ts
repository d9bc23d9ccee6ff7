import { describe, expect, it } from 'vitest'
import { TrainingEngines } from '../../../../src/main/experiments/trainingEngines.ts'
import { silentLog } from '../../../../src/main/logging/log.ts'

const CPU = 'tensorflow on CPU'
const GPU = 'tensorflow on NVIDIA GPU (CUDA)'
const engines = (cores = 2) => {
  const startEngine = () => {
    throw new Error('none is needed yet')
  }
  return new TrainingEngines({ startEngine, log: silentLog, onStatus: () => {}, cores })
}

describe('the engines that train', () => {
  it('train two runs at once on a processor with two cores, and one anywhere else', () => {
    expect(engines().atOnce(CPU).runs).toBe(2)
    expect(engines(1).atOnce(CPU)).toMatchObject({ runs: 1, reason: expect.stringContaining('one core') as string })
    for (const engine of [GPU, 'webgpu on some GPU', 'wasm on CPU', 'cpu on CPU']) expect(engines(16).atOnce(engine).runs, engine).toBe(1)
  })

  it('give one run alone all cores, and several their halves', () => {
    const both = engines()
    both.heard(CPU)
    const whole = both.take(false, null)!
    const joining = both.take(false, null)!
    expect(joining).not.toBe(whole)
    expect(both.take(false, null)).toBeNull()
    both.giveBack(whole)
    both.giveBack(joining)
    const [one, other] = [both.take(true, null), both.take(false, null)]
    expect(new Set([whole, one, other]).size).toBe(3)
    expect(one).toBe(joining)
  })

  it('train one run until it is known what they are, unless the last one tells', () => {
    expect([1, 2].map(() => engines().take(true, null) !== null)).toEqual([true, true])
    const unknown = engines()
    unknown.take(true, null)
    expect(unknown.take(true, null)).toBeNull()
    unknown.heard(CPU)
    expect(unknown.take(true, null)).not.toBeNull()
    const likely = engines()
    expect([likely.take(true, CPU), likely.take(true, CPU)].every((taken) => taken !== null)).toBe(true)
  })

  it('stay with the one that is warm where one run trains at a time', () => {
    const alone = engines()
    const first = alone.take(true, null)!
    alone.heard(GPU)
    expect(alone.take(true, null)).toBeNull()
    alone.giveBack(first)
    expect(alone.take(false, null)).toBe(first)
  })

  it('give all cores to the run that has the device to itself, known from the last one too', () => {
    const asBefore = engines()
    const first = asBefore.take(true, GPU)!
    expect(asBefore.take(true, GPU)).toBeNull()
    asBefore.heard(CPU)
    asBefore.giveBack(first)
    // Had it been a half, it would serve one of two runs again.
    expect([asBefore.take(true, null), asBefore.take(false, null)]).not.toContain(first)
  })

  it('are idle for a measurement until a run begins', () => {
    const both = engines()
    both.heard(CPU)
    expect(both.idle(1)!.engines).toHaveLength(1)
    const idle = both.idle(2)!
    expect(idle.engines).toHaveLength(2)
    expect(idle.taken.aborted).toBe(false)
    const taken = both.take(false, null)!
    expect(idle.taken.aborted).toBe(true)
    expect(both.idle(1)).toBeNull()
    both.giveBack(taken)
    expect(both.idle(1)!.taken.aborted).toBe(false)
  })
})
