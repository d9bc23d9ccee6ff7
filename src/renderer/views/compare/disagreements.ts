import type { Disagreement } from '../../../shared/domain/examination.ts'

/** Elements as FASTA, their names byte for byte. */
export function fastaOf(elements: readonly Pick<Disagreement, 'name' | 'sequence'>[]): string {
  return elements.map(({ name, sequence }) => `>${name}\n${sequence}\n`).join('')
}

/** Which of two lines came closer to what was measured, as the table words it. */
export function closerLine(
  { measured, a, b }: Pick<Disagreement, 'measured' | 'a' | 'b'>,
  labels: { readonly a: string; readonly b: string },
): string {
  if (measured === null) return '–'
  const [offA, offB] = [Math.abs(a - measured), Math.abs(b - measured)]
  return offA === offB ? 'both alike' : offA < offB ? labels.a : labels.b
}
