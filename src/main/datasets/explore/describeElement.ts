import { codesOf, decodeBases, reverseComplement } from '../../../shared/dna/bases.ts'
import type { Adapters } from '../../../shared/domain/dataset.ts'
import type { ElementDetail, ElementRow } from '../../../shared/domain/explore.ts'
import { cutEachAdapter } from '../findAdapters.ts'
import { orNull } from './explore.ts'
import type { ExploredContent } from './exploredContent.ts'

const GROUP_SHOWN = 100

/** A line of the element browser. */
export function elementRow(content: ExploredContent, position: number): ElementRow {
  return {
    position,
    name: content.names[position]!,
    sequence: content.sequences[position]!,
    length: content.lengths[position]!,
    gc: orNull(content.gc[position]!),
    barcodes: orNull(content.barcodes[position]!),
    activities: content.cellTypes.map(({ activities }) => orNull(activities[position]!)),
    specificity: content.cellTypes.map(({ specificity }) => orNull(specificity[position]!)),
  }
}

/** All that is known of one element. Which parts of splits it is in, the caller knows. */
export function describeElement(
  content: ExploredContent,
  adapters: Adapters,
  position: number,
  splits: ElementDetail['splits'],
): ElementDetail {
  return {
    ...elementRow(content, position),
    measurements: content.cellTypes.map(({ name: cellType, activities, replicates, counted }) => ({
      cellType,
      activity: orNull(activities[position]!),
      replicates: replicates.map(({ name, activities: values, barcodes }, r) => ({
        name,
        activity: orNull(values[position]!),
        barcodes: barcodes && barcodes[position]! >= 0 ? barcodes[position]! : null,
        counts: !Number.isNaN(counted[r]![position]),
      })),
    })),
    labels: content.labels.flatMap(({ column, values, codes }) => {
      const value = values[codes[position]!]
      return value === undefined ? [] : [{ column, value }]
    }),
    splits,
    group: describeGroup(content, adapters, position),
  }
}

function describeGroup(content: ExploredContent, adapters: Adapters, position: number): ElementDetail['group'] {
  const { groups, names, searchSequences, cellTypes } = content
  const others: number[] = []
  for (let i = 0; i < groups.length; i++) if (groups[i] === groups[position] && i !== position) others.push(i)
  const insertOf = (i: number) => decodeBases(cutEachAdapter(codesOf(searchSequences[i]!), adapters))
  const mine = insertOf(position)
  const opposite = decodeBases(reverseComplement(codesOf(mine)))
  return {
    others: others.length,
    // How they are related, only their sequences tell.
    first: (mine === '' ? [] : others.slice(0, GROUP_SHOWN)).map((i) => {
      const insert = insertOf(i)
      return {
        position: i,
        name: names[i]!,
        relation: insert === mine ? 'equal' : insert === opposite ? 'reverse complement' : 'overlap',
        activities: cellTypes.map(({ activities }) => orNull(activities[i]!)),
      }
    }),
  }
}
