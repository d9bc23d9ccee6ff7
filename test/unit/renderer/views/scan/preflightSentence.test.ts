import { describe, expect, it } from 'vitest'
import { preflightSentence } from '../../../../../src/renderer/views/scan/preflightSentence.ts'
import type { Preflight } from '../../../../../src/shared/domain/scan.ts'

const preflight = (more: Partial<Preflight>): Preflight => ({
  file: 'x.fa',
  layout: 'fasta',
  table: null,
  windows: 0,
  classes: [],
  seen: null,
  records: 6,
  scorable: 6,
  modelLength: 230,
  shortest: 145,
  longest: 1512,
  notes: [],
  skipped: [],
  skippedCount: 0,
  ...more,
})

describe('preflightSentence', () => {
  it.each<[Partial<Preflight>, string]>([
    [{}, 'All 6 sequences can be scored. They are 145 to 1,512 bases long; the model was trained on 230 bases.'],
    [
      { scorable: 4, shortest: 230, longest: 230 },
      '4 of 6 sequences can be scored. They are 230 bases long; the model was trained on 230 bases.',
    ],
    [
      { records: 1, scorable: 1, shortest: 1, longest: 1 },
      'The one sequence can be scored. It is 1 base long; the model was trained on 230 bases.',
    ],
    [{ records: 1, scorable: 0, shortest: 0, longest: 0 }, 'The one sequence cannot be scored.'],
    [{ scorable: 0, shortest: 0, longest: 0 }, 'None of the 6 sequences can be scored.'],
    [
      { records: 2, scorable: 2, shortest: 230, longest: 230 },
      'Both sequences can be scored. They are 230 bases long; the model was trained on 230 bases.',
    ],
    [
      { records: 4, scorable: 1, shortest: 230, longest: 230 },
      '1 of 4 sequences can be scored. It is 230 bases long; the model was trained on 230 bases.',
    ],
    [{ records: 2, scorable: 0, shortest: 0, longest: 0 }, 'Neither sequence can be scored.'],
    [
      { windows: 61 },
      'All 6 sequences can be scored, the long ones in 61 windows. They are 145 to 1,512 bases long; the model was trained on 230 bases.',
    ],
    [
      { records: 1, scorable: 1, windows: 51, shortest: 1200, longest: 1200 },
      'The one sequence can be scored, in 51 windows. It is 1,200 bases long; the model was trained on 230 bases.',
    ],
    [{ records: 0, scorable: 0 }, 'No sequences were found.'],
  ])('tells %j', (more, sentence) => {
    expect(preflightSentence(preflight(more))).toBe(sentence)
  })
})
