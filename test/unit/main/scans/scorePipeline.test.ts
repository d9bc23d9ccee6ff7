import { describe, expect, it } from 'vitest'
import { scorePipeline } from '../../../../src/main/scans/scorePipeline.ts'

async function* numbers(count: number, then?: Error): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) yield await Promise.resolve(i)
  if (then) throw then
}

/** What comes out, and what was thrown in the end. */
async function collect(chunks: AsyncIterable<number>, score: (chunk: number) => Promise<string>) {
  const given: string[] = []
  try {
    for await (const { chunk, scores } of scorePipeline(chunks, score)) given.push(`${chunk}${scores}`)
    return { given, fault: null }
  } catch (fault) {
    return { given, fault }
  }
}

describe('the pipeline of a scan', () => {
  it('gives chunks in their order, however their scores come, and has a few under way at most', async () => {
    const waiting: (() => void)[] = []
    let underWay = 0
    let most = 0
    const score = async () => {
      most = Math.max(most, ++underWay)
      const done = Promise.withResolvers<void>()
      waiting.push(done.resolve)
      // The last first, as soon as no more are taken.
      if (waiting.length === 6) for (const resolve of waiting.splice(0).reverse()) resolve()
      await done.promise
      underWay--
      return '!'
    }
    expect(await collect(numbers(12), score)).toEqual({ given: Array.from({ length: 12 }, (_, i) => `${i}!`), fault: null })
    expect(most).toBe(6)
  })

  it('still scores and gives what came before an error of the source', async () => {
    const fault = new Error('cut short')
    expect(await collect(numbers(3, fault), () => Promise.resolve('!'))).toEqual({ given: ['0!', '1!', '2!'], fault })
  })

  it('gives what was scored before an error of the engine, and ends when nothing is being scored any more', async () => {
    const fault = new Error('lost')
    let underWay = 0
    const score = async (chunk: number) => {
      underWay++
      for (let turn = 0; turn < 5; turn++) await Promise.resolve()
      underWay--
      if (chunk === 2) throw fault
      return '!'
    }
    expect(await collect(numbers(9), score)).toEqual({ given: ['0!', '1!'], fault })
    expect(underWay).toBe(0)
  })
})
