import type { Place } from '../library.ts'
import { amount } from '../../amount.ts'
import { chain, countOf, placesOf, placesOfRows, type Find } from './finding.ts'

export const lowBarcodes: Find = ({ prepared, content, selection: { cellTypes, minimumBarcodes } }) => {
  const rows = cellTypes.reduce((sum, { below }) => sum + below.length, 0)
  const lost = cellTypes.reduce((sum, { lostBelow }) => sum + lostBelow, 0)
  if (!prepared.countsBarcodes || rows === 0) return null
  return {
    kind: 'low-barcodes',
    title: 'Values from too few barcodes',
    effect: 'drops',
    count: rows,
    message:
      `${amount(rows, 'replicate value')} with fewer than ${minimumBarcodes} barcodes ${rows === 1 ? 'was' : 'were'} left out` +
      (lost > 0 ? `; ${amount(lost, 'activity', 'activities')} (an element in a cell type) had no other value.` : '.'),
    choice: { decision: 'minimumBarcodes', options: [] },
    places: () => chain<Place>(cellTypes.map(({ below, settled }) => placesOfRows(content, below, settled.name))),
  }
}

export const missingCellTypes: Find = ({ content, selection: { cellTypes, measured, decisions } }) => {
  const isMissing = (number: number) => cellTypes.some(({ kept }) => Number.isNaN(kept[number]))
  const missing = measured.filter(isMissing)
  if (missing.length === 0) return null
  const isDropped = decisions.incomplete === 'drop'
  return {
    kind: 'missing-cell-types',
    title: 'Elements without all cell types',
    effect: isDropped ? 'drops' : 'notes',
    count: missing.length,
    message: `${amount(missing.length, 'element has', 'elements have')} no activity in at least one cell type, and ${missing.length === 1 ? 'is' : 'are'} ${isDropped ? 'left out.' : 'used in the others.'}`,
    choice: {
      decision: 'incomplete',
      options: [
        { value: 'keep', label: 'Use them where they were measured' },
        { value: 'drop', label: 'Leave them out' },
      ],
    },
    places: () =>
      placesOf(content, missing, (number) => {
        const names = cellTypes.filter(({ kept }) => Number.isNaN(kept[number])).map(({ settled }) => settled.name)
        return `none in ${names.join(', ')}`
      }),
  }
}

export const missingReplicates: Find = ({ content, selection: { elements, cellTypes } }) => {
  const several = cellTypes.filter(({ replicates }) => replicates.length > 1)
  const places = function* (): Generator<Place> {
    for (const { settled, replicates, kept } of several) {
      for (const number of elements) {
        if (Number.isNaN(kept[number])) continue
        if (!replicates.some(({ activities }) => Number.isNaN(activities[number]))) continue
        const missing = replicates.flatMap(({ activities }, r) => (Number.isNaN(activities[number]) ? [settled.replicates[r]!.name] : []))
        if (missing.length > 0) yield content.library.placeOf(number, undefined, `${settled.name}: no replicate ${missing.join(', ')}`)
      }
    }
  }
  let count = 0
  for (const { replicates, kept } of several)
    for (let i = 0; i < elements.length; i++) {
      const number = elements[i]!
      if (Number.isNaN(kept[number])) continue
      for (const { activities } of replicates)
        if (Number.isNaN(activities[number])) {
          count++
          break
        }
    }
  if (count === 0) return null
  return {
    kind: 'missing-replicates',
    title: 'Replicates that are missing',
    effect: 'notes',
    count,
    message: `${amount(count, 'activity', 'activities')} (an element in a cell type) ${count === 1 ? 'lacks' : 'lack'} a value in at least one replicate, and ${count === 1 ? 'is' : 'are'} the mean of the others.`,
    choice: null,
    places,
  }
}

export const notFinite: Find = ({ content, selection: { cellTypes } }) => {
  const places = () => chain<Place>(cellTypes.map(({ settled }) => placesOfRows(content, settled.assay.notFinite, settled.name)))
  const count = countOf(places())
  if (count === 0) return null
  return {
    kind: 'not-finite',
    title: 'Values that are missing or infinite',
    effect: 'drops',
    count,
    message: `${amount(count, 'activity is', 'activities are')} missing (empty or NA) or infinite in the file, and ${count === 1 ? 'was' : 'were'} left out.`,
    choice: null,
    places,
  }
}

export const withoutDna: Find = ({ content, selection: { cellTypes } }) => {
  const places = () =>
    chain<Place>(
      cellTypes.flatMap(({ settled, replicates }) =>
        replicates.map(({ withoutDna: rows }, r) =>
          placesOfRows(content, rows, `${settled.name}, replicate ${settled.replicates[r]!.name}`),
        ),
      ),
    )
  const count = countOf(places())
  if (count === 0) return null
  return {
    kind: 'no-dna',
    title: 'RNA without DNA',
    effect: 'drops',
    count,
    message: `${amount(count, 'replicate value')} ${count === 1 ? 'has' : 'have'} no count of DNA to divide by, and ${count === 1 ? 'was' : 'were'} left out.`,
    choice: null,
    places,
  }
}

export const repeatedRows: Find = ({ content, selection: { cellTypes } }) => {
  const places = () => chain<Place>(cellTypes.map(({ settled }) => placesOfRows(content, settled.assay.repeated, settled.name)))
  const count = countOf(places())
  if (count === 0) return null
  return {
    kind: 'duplicate-rows',
    title: 'Rows that measure the same again',
    effect: 'drops',
    count,
    message: `${amount(count, 'row measures', 'rows measure')} an element once more in the same replicate; the one with the most barcodes was taken.`,
    choice: null,
    places,
  }
}
