import { describe, expect, it } from 'vitest'
import { runStates } from '../../../../src/shared/domain/run.ts'
import { scanStates } from '../../../../src/shared/domain/scan.ts'
import { stateWords } from '../../../../src/renderer/text/states.ts'

describe('words for states', () => {
  it('give each state a word and a mark, so that colour is never alone', () => {
    for (const state of [...runStates, ...scanStates]) {
      expect(stateWords[state].word).not.toBe('')
      expect(stateWords[state].icon).not.toBe('')
    }
    expect(new Set(runStates.map((state) => stateWords[state].word)).size).toBe(runStates.length)
  })
})
