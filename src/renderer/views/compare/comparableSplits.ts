import type { Comparison } from '../../../shared/domain/comparison.ts'
import type { Run } from '../../../shared/domain/run.ts'
import type { Split } from '../../../shared/domain/split.ts'
import { countOf } from '../../../shared/text/numbers.ts'
import { joinWords, splitInWords } from '../../../shared/text/splits.ts'

interface SplitChoice {
  /** A split; null is all that the core puts together by itself. */
  readonly value: number | null
  readonly title: string
}

/**
 * The splits whose runs can be compared, in words, and which of them is on show. Splits made apart may share their test
 * part; what the core compares across them is a choice of its own.
 */
export function comparableSplits(
  splits: readonly Split[],
  completed: readonly Pick<Run, 'id' | 'split'>[],
  comparison: Pick<Comparison, 'rows'> | null,
): { readonly choices: readonly SplitChoice[]; readonly shown: number | null } {
  const used = splits.filter(({ id }) => completed.some((run) => run.split === id))
  const choices: SplitChoice[] = used.map((split) => ({
    value: split.id,
    title: `${splitInWords(split)} · ${countOf(completed.filter((run) => run.split === split.id).length, 'run')}`,
  }))
  const compared = new Set(comparison?.rows.map((row) => row.run))
  const together = used.filter(({ id }) => completed.some((run) => run.split === id && compared.has(run.id)))
  if (together.length > 1) choices.unshift({ value: null, title: `${joinWords(together.map(splitInWords))}: the same test part` })
  return { choices, shown: together.length === 1 ? together[0]!.id : null }
}
