import { describe, expect, it, vi } from 'vitest'
import { useScanQuestion } from '../../../../src/renderer/stores/scanQuestion.ts'
import type { WorkbenchClient } from '../../../../src/shared/contract/workbench.ts'
import { WorkbenchError } from '../../../../src/shared/domain/errors.ts'
import type { Preflight, Scan } from '../../../../src/shared/domain/scan.ts'

type Check = WorkbenchClient['scans']['preflight']
type Start = WorkbenchClient['scans']['start']

/** What a page asks, of a core that answers when the test says so. */
function page(start: Start = () => Promise.resolve({ id: 7 } as Scan)) {
  const asked: {
    readonly input: Parameters<Check>[0]
    readonly signal: AbortSignal | undefined
    readonly answer: (records: number) => Promise<void>
    readonly refuse: (error: WorkbenchError) => Promise<void>
  }[] = []
  const preflight: Check = (input, options) =>
    new Promise((resolve, reject) => {
      const settled = async (settle: () => void) => {
        settle()
        await new Promise((done) => setImmediate(done))
      }
      asked.push({
        input,
        signal: options?.signal,
        answer: (records) => settled(() => resolve({ records, table: null } as Preflight)),
        refuse: (error) => settled(() => reject(error)),
      })
    })
  const draft = useScanQuestion({ preflight, start })
  const paste = (text: string) => draft.choose({ kind: 'text', text, name: 'pasted sequences' }, 'Pasted sequences')
  return { draft, asked, paste }
}

describe('the question of a scan', () => {
  it('asks once models and sequences are there, and again when either is changed', async () => {
    const { draft, asked, paste } = page()
    paste('>a\nACGT')
    expect(asked).toHaveLength(0)
    draft.models.value = [{ run: 1 }]
    expect(asked).toHaveLength(1)
    expect(asked[0]!.input).toMatchObject({ models: [{ run: 1 }], source: { kind: 'text', text: '>a\nACGT' } })
    await asked[0]!.answer(1)
    expect(draft.preflight.value?.records).toBe(1)
    expect(draft.isFresh.value).toBe(true)
    paste('>a\nACGTT')
    expect(draft.preflight.value).toBeNull()
    expect(asked).toHaveLength(2)
  })

  it('drops an answer that was overtaken, whichever comes first', async () => {
    const { draft, asked, paste } = page()
    draft.models.value = [{ run: 1 }]
    paste('>a\nACGT')
    paste('>b\nACGT')
    expect(asked[0]!.signal?.aborted).toBe(true)
    await asked[1]!.answer(2)
    await asked[0]!.answer(1)
    expect(draft.preflight.value?.records).toBe(2)
  })

  it('looks again after a pause when a setting was changed, keeps the old answer until then, and not for what it does not depend on', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const { draft, asked, paste } = page()
      draft.models.value = [{ run: 1 }]
      paste('>a\nACGT')
      await asked[0]!.answer(1)
      draft.settings.seed = '2'
      draft.settings.shuffled = '10'
      expect(draft.isFresh.value).toBe(true)
      draft.settings.stride = '5'
      draft.settings.stride = '50'
      draft.settings.takenOut = [{ name: 'a', line: 1 }]
      expect(draft.isFresh.value).toBe(false)
      expect(draft.preflight.value?.records).toBe(1)
      expect(asked).toHaveLength(1)
      vi.runAllTimers()
      expect(asked).toHaveLength(2)
      expect(asked[1]!.input.options).toMatchObject({ stride: 50, skip: [1], seed: 2, shuffled: 10 })
      await asked[1]!.answer(3)
      expect(draft.isFresh.value).toBe(true)
      draft.settings.takenOut = []
      draft.settings.stride = 'x'
      vi.runAllTimers()
      expect(asked).toHaveLength(2)
      expect(draft.isComplete.value).toBe(false)
      draft.settings.stride = '50'
      draft.settings.takenOut = [{ name: 'a', line: 1 }]
      expect(draft.isFresh.value).toBe(true)
    } finally {
      vi.useRealTimers()
    }
  })

  it('keeps what a refusal asks for, and forgets it with what caused it', async () => {
    const { draft, asked, paste } = page()
    draft.models.value = [{ run: 1 }]
    paste('chr1\t1\t200')
    await asked[0]!.refuse(new WorkbenchError('invalid-input', 'Places.', { needs: 'genome' }))
    expect(draft.checkError.value?.details.needs).toBe('genome')
    draft.settings.genome = { kind: 'upload', upload: 'x', name: 'genome.fa' }
    expect(draft.checkError.value).toBeNull()
    expect(asked[1]!.input.options).toMatchObject({ genome: { upload: 'x' } })
    paste('>a\nACGT')
    expect(draft.settings.genome).toBeNull()
  })

  it('starts one scan however often it is sent, and is empty after', async () => {
    const start = vi.fn<Start>(() => Promise.resolve({ id: 7 } as Scan))
    const { draft, asked, paste } = page(start)
    draft.models.value = [{ run: 1 }]
    paste('>a\nACGT')
    expect(await draft.begin()).toBeUndefined()
    await asked[0]!.answer(1)
    draft.settings.seed = '9'
    const both = await Promise.all([draft.begin(), draft.begin()])
    expect(both.map((scan) => scan?.id)).toEqual([7, undefined])
    expect(start).toHaveBeenCalledTimes(1)
    expect(start.mock.calls[0]![0]).toMatchObject({ name: 'Pasted sequences', options: { seed: 9 } })
    expect([draft.source.value, draft.settings.seed, draft.name.value]).toEqual([null, '1', ''])
    expect(draft.models.value).toEqual([{ run: 1 }])
  })

  it('stays as it is when the start is refused', async () => {
    const { draft, asked, paste } = page(() => Promise.reject(new WorkbenchError('not-found', 'The run is gone.')))
    draft.models.value = [{ run: 1 }]
    paste('>a\nACGT')
    await asked[0]!.answer(1)
    expect(await draft.begin()).toBeUndefined()
    expect(draft.startError.value?.message).toBe('The run is gone.')
    expect(draft.source.value).toMatchObject({ text: '>a\nACGT' })
    draft.name.value = 'Another name'
    expect(draft.startError.value).toBeNull()
  })
})
