import { amount } from '../../amount.ts'
import { placesOf, type Found, type Seen } from './finding.ts'

/** For each measured name, how many others of the elements have its sequence, on its strand and on the other. */
function relatives({ content, selection: { measured, elements, classes } }: Seen): { same: number[]; opposite: number[] } {
  const counts = [new Int32Array(classes.representatives.length), new Int32Array(classes.representatives.length)]
  const isElement = new Uint8Array(content.library.names.length)
  for (let i = 0; i < elements.length; i++) isElement[elements[i]!] = 1
  measured.forEach((number, i) => {
    if (isElement[number] === 1) counts[classes.strands[i]!]![classes.classes[i]!]!++
  })
  const same: number[] = []
  const opposite: number[] = []
  measured.forEach((number, i) => {
    if (isElement[number] === 0) return
    const strand = classes.strands[i]!
    if (counts[strand]![classes.classes[i]!]! > 1) same.push(number)
    if (counts[1 - strand]![classes.classes[i]!]! > 0) opposite.push(number)
  })
  return { same, opposite }
}

/** Elements that are related to others by their whole sequences: equal ones, and reverse complements. */
export function relatedSequences(seen: Seen): (Found | null)[] {
  const { same, opposite } = relatives(seen)
  return [equalSequences(seen, same), reverseComplements(seen, opposite)]
}

function equalSequences({ content }: Seen, same: readonly number[]): Found | null {
  if (same.length === 0) return null
  return {
    kind: 'duplicate-sequences',
    title: 'Equal sequences',
    effect: 'notes',
    count: same.length,
    message: `${amount(same.length, 'element has', 'elements have')} the sequence of another element; equal ones stay in the same part of a split by group.`,
    choice: null,
    places: () => placesOf(content, same),
  }
}

function reverseComplements({ content }: Seen, opposite: readonly number[]): Found | null {
  if (opposite.length === 0) return null
  return {
    kind: 'reverse-complements',
    title: 'Reverse complements',
    effect: 'notes',
    count: opposite.length,
    message: `${amount(opposite.length, 'element is', 'elements are')} the reverse complement of another element; the two stay in the same part of a split by group.`,
    choice: null,
    places: () => placesOf(content, opposite),
  }
}
