import type { ElementFilter, Range } from '../domain/elementFilter.ts'
import { formatDecimal } from './numbers.ts'
import { joinWords } from './splits.ts'

/** What a filter asks for, in words: `activity in HepG2 of at least 1, length 200 to 230 bases`. Empty where it asks for nothing. */
export function filterSentence(filter: ElementFilter, splitName: (id: number) => string): string {
  const words = [
    filter.search && `name or sequence holding “${filter.search}”`,
    filter.cellTypes.length > 0 && `measured in ${filter.complete ? 'all of ' : ''}${joinWords(filter.cellTypes)}`,
    filter.cellTypes.length === 0 && filter.complete && 'measured in every cell type',
    ...filter.activity.map((range) => `activity in ${range.cellType} ${rangeInWords(range, number)}`),
    filter.length && `length ${rangeInWords(filter.length, String)} bases`,
    filter.gc && `GC ${rangeInWords(filter.gc, (share) => number(share * 100))} %`,
    filter.barcodes !== null && `at least ${number(filter.barcodes)} barcodes a replicate`,
    filter.label && `${filter.label.column}: ${joinWords(filter.label.values)}`,
    filter.part && `the ${joinWords(filter.part.parts)} part of the split “${splitName(filter.part.split)}”`,
  ]
  return words.filter(Boolean).join('; ')
}

function rangeInWords({ from, to }: Range, write: (value: number) => string): string {
  if (from !== null && to !== null) return `${write(from)} to ${write(to)}`
  return from !== null ? `of at least ${write(from)}` : to !== null ? `of at most ${write(to)}` : 'of any size'
}

function number(value: number): string {
  return formatDecimal(value, 6).replace(/\.?0+$/, '')
}
