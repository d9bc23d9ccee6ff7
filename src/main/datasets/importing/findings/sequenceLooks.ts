import { looksLikeExcelDate } from '../../../files/excelDates.ts'
import { amount } from '../../amount.ts'
import { placesOf, type Find } from './finding.ts'

export const repeatedNames: Find = ({ content: { library } }) => {
  const { length } = library.repeated
  if (length === 0) return null
  return {
    kind: 'duplicate-names',
    title: 'Names that come again',
    effect: 'notes',
    count: length,
    message: `${amount(length, 'sequence')} came again under the same name; each was taken once.`,
    choice: null,
    places: () => library.repeated,
  }
}

export const excelDates: Find = ({ content }) => {
  const { library } = content
  const dates = [...library.names.keys()].filter((number) => looksLikeExcelDate(library.names[number]!))
  if (dates.length === 0) return null
  return {
    kind: 'excel-dates',
    title: 'Names that Excel made dates of',
    effect: 'notes',
    count: dates.length,
    message: `${amount(dates.length, 'name looks', 'names look')} like a date that Excel made of a gene’s name (SEPT2 becomes 2-Sep), and ${dates.length === 1 ? 'is' : 'are'} kept as ${dates.length === 1 ? 'it is' : 'they are'}. If so, the names may not match: make the file again with its columns formatted as text.`,
    choice: null,
    places: () => placesOf(content, dates),
  }
}

export const ambiguousLetters: Find = ({ prepared, content, selection: { decisions, measured } }) => {
  const ambiguous = measured.filter((number) => prepared.isAmbiguous[number] === 1)
  if (ambiguous.length === 0) return null
  const isDropped = decisions.ambiguous === 'drop'
  return {
    kind: 'ambiguous-letters',
    title: 'Letters for more than one base',
    effect: isDropped ? 'drops' : 'notes',
    count: ambiguous.length,
    message: `${amount(ambiguous.length, 'element has', 'elements have')} letters that stand for more than one base, such as N; ${isDropped ? 'they are left out.' : 'the recipe says how they are read.'}`,
    choice: {
      decision: 'ambiguous',
      options: [
        { value: 'keep', label: 'Keep them' },
        { value: 'drop', label: 'Leave them out' },
      ],
    },
    places: () => placesOf(content, ambiguous),
  }
}

export const lengths: Find = ({ prepared, content, selection: { decisions, measured, elements } }) => {
  const lengthOf = (number: number) => prepared.lengths[number]!
  const { shortest, longest } = decisions
  const outside = measured.filter((number) => lengthOf(number) < (shortest ?? 0) || lengthOf(number) > (longest ?? Infinity))
  const most = elements.reduce((length, number) => Math.max(length, lengthOf(number)), 0)
  const shorter = elements.filter((number) => lengthOf(number) < most)
  if (outside.length + shorter.length === 0) return null
  const least = shorter.reduce((length, number) => Math.min(length, lengthOf(number)), most)
  const left =
    outside.length === 0
      ? ''
      : `${amount(outside.length, 'element is', 'elements are')} ${shortest === null ? '' : `shorter than ${shortest} bases`}${shortest !== null && longest !== null ? ' or ' : ''}${longest === null ? '' : `longer than ${longest} bases`}, and left out. `
  const kept =
    shorter.length === 0
      ? ''
      : `${amount(shorter.length, 'element is', 'elements are')} shorter than the longest, ${most} bases; the shortest has ${least}. The model reads the missing bases on both sides as no base at all.`
  return {
    kind: 'lengths',
    title: 'Sequences of several lengths',
    effect: outside.length > 0 ? 'drops' : 'notes',
    count: outside.length + shorter.length,
    message: (left + kept).trim(),
    choice: { decision: 'shortest', options: [] },
    places: () => placesOf(content, [...outside, ...shorter], (number) => `${lengthOf(number)} bases`),
  }
}

export const adapters: Find = ({ selection: { adapters: found, elements } }) => {
  if (found.prefix === '' && found.suffix === '') return null
  const ends = [found.prefix && `start with ${found.prefix}`, found.suffix && `end with ${found.suffix}`].filter(Boolean).join(' and ')
  return {
    kind: 'adapters',
    title: 'Adapters',
    effect: 'notes',
    count: elements.length,
    message: `At least 99 % of the elements ${ends}${found.known ? ', the known lentiMPRA pair' : ''}. They are kept with the sequences; a recipe says whether they are cut before training, and they are cut to find related sequences.`,
    choice: null,
    places: () => [],
  }
}
