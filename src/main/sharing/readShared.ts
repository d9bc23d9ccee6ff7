import { createHash } from 'node:crypto'
import { z } from 'zod'
import { ALL_CELL_TYPES } from '../../shared/domain/measures.ts'
import { parts } from '../../shared/domain/split.ts'
import type { Breathe } from '../datasets/breathe.ts'
import type { LabelColumn } from '../db/elementLabels.ts'
import type { NewDataset, UnmatchedName } from '../db/datasets.ts'
import { readModelFile } from '../models/readModelFile.ts'
import { member, sharedRunSchema, type RunInBrief, type SharedRun } from './manifest.ts'
import type { OpenedShare } from './openShared.ts'

/** The dataset of a shared file, its own numbers checked; without its sequences they are empty. */
export interface ReadDataset extends Omit<
  NewDataset,
  'name' | 'createdAt' | 'fingerprint' | 'report' | 'adapters' | 'simulated' | 'minimumBarcodes'
> {
  readonly labels: readonly LabelColumn[]
}

export interface ReadRun extends RunInBrief, SharedRun {
  /** The model's file. */
  readonly model: Uint8Array
  readonly predictions: Readonly<Record<'validation' | 'test', Float32Array>>
}

const strings = z.array(z.string())
const unmatchedSchema = z.array(z.object({ side: z.enum(['sequence', 'activity']), cellType: z.string(), name: z.string() }))

const finite = Number.isFinite
const measured = (value: number) => Number.isFinite(value) || Number.isNaN(value)

/** @throws WorkbenchError where something in it cannot be */
export async function readSharedDataset(opened: OpenedShare, breathe: Breathe): Promise<ReadDataset> {
  const { manifest, damaged } = opened
  const { dataset } = manifest
  const texts = async (name: string): Promise<string[]> => {
    const read = strings.safeParse(await opened.json(name))
    if (!read.success || read.data.length !== dataset.elements) throw damaged(`${name} has not a text for every element`)
    return read.data
  }
  const names = await texts(member.names)
  if (new Set(names).size !== names.length) throw damaged('two elements have the same name')
  const sequences = dataset.sequences ? await texts(member.sequences) : null
  if (sequences && !sequences.every((sequence) => /^[\x21-\x7e]+$/.test(sequence))) throw damaged('it has sequences that cannot be')
  await breathe()
  const groups = await opened.int32(member.groups, dataset.elements, (value) => value >= 0)
  const cellTypes: NewDataset['cellTypes'][number][] = []
  for (const [c, { replicates, ...cellType }] of dataset.cellTypes.entries()) {
    const read: NewDataset['cellTypes'][number]['replicates'][number][] = []
    for (const [r, { name, barcodes }] of replicates.entries()) {
      read.push({
        name,
        activities: await opened.float32(member.replicate(c, r), dataset.elements, measured),
        barcodes: barcodes ? await opened.int32(member.barcodes(c, r), dataset.elements, (value) => value >= -1) : null,
      })
      await breathe()
    }
    cellTypes.push({ ...cellType, activities: await opened.float32(member.activities(c), dataset.elements, measured), replicates: read })
  }
  const labels: LabelColumn[] = []
  for (const [i, { column, values }] of dataset.labels.entries())
    labels.push({
      column,
      values,
      codes: await opened.int32(member.labels(i), dataset.elements, (code) => code >= -1 && code < values.length),
    })
  const unmatched = unmatchedSchema.safeParse(await opened.json(member.unmatched))
  if (!unmatched.success) throw damaged(`${member.unmatched} makes no sense`)
  return {
    rows: dataset.rows,
    length: sequences === null ? 0 : sequences.reduce((longest, sequence) => Math.max(longest, sequence.length), 0),
    elements: names.map((name, i) => ({ name, sequence: sequences?.[i] ?? '', group: groups[i]! })),
    cellTypes,
    labels,
    unmatched: bySide(unmatched.data),
  }
}

function bySide(names: readonly UnmatchedName[]): NewDataset['unmatched'] {
  const activities = Map.groupBy(
    names.filter(({ side }) => side === 'activity'),
    ({ cellType }) => cellType,
  )
  return {
    sequences: names.filter(({ side }) => side === 'sequence').map(({ name }) => name),
    activities: new Map([...activities].map(([cellType, of]) => [cellType, of.map(({ name }) => name)])),
  }
}

/** Index in `parts` of each element. @throws WorkbenchError where it cannot be */
export async function readSharedAssignment(opened: OpenedShare, split: number): Promise<Uint8Array> {
  const assignment = await opened.bytesOf(member.split(split))
  if (assignment.byteLength !== opened.manifest.dataset.elements || !assignment.every((part) => part < parts.length))
    throw opened.damaged(`${member.split(split)} has not a part for every element`)
  return new Uint8Array(assignment)
}

/** @param assignments of each split @throws WorkbenchError where something in it cannot be */
export async function readSharedRun(opened: OpenedShare, place: number, assignments: readonly Uint8Array[]): Promise<ReadRun> {
  const { manifest, damaged } = opened
  const brief = manifest.runs[place]!
  const cellTypes = manifest.dataset.cellTypes.map(({ name }) => name)
  const read = sharedRunSchema.safeParse(await opened.json(member.run(place)))
  if (!read.success) throw damaged(`${member.run(place)} makes no sense (${read.error.issues[0]!.path.join('.')})`, read.error)
  const run = read.data
  if (run.reproduces !== null && run.reproduces >= manifest.runs.length)
    throw damaged(`${member.run(place)} repeats a run that is not in it`)
  if (new Set(run.curve.map(({ epoch }) => epoch)).size !== run.curve.length) throw damaged(`${member.run(place)} has an epoch twice`)
  const places = new Set([...cellTypes, ALL_CELL_TYPES])
  if (
    new Set(run.measures.map(({ part, cellType }) => `${part} ${cellType}`)).size !== run.measures.length ||
    !run.measures.every(({ cellType }) => places.has(cellType))
  )
    throw damaged(`${member.run(place)} has measures of what is not in it`)
  if (run.measures.length !== 2 * places.size) throw damaged(`${member.run(place)} has not all measures of both parts`)

  const model = await opened.bytesOf(member.model(place))
  const { description, weightsSha256 } = readModelFile(model, opened.file)
  const assignment = assignments[manifest.experiments[brief.experiment]!.split]!
  if (
    weightsSha256 !== brief.weightsSha256 ||
    description.variant !== brief.variant ||
    description.seed !== brief.seed ||
    description.cellTypes.join('\n') !== cellTypes.join('\n') ||
    description.split.fingerprint !== createHash('sha256').update(assignment).digest('hex')
  )
    throw damaged(`${member.model(place)} is the model of another run`)

  const predictions = async (part: 'validation' | 'test') => {
    const elements = assignment.reduce((count, code) => count + (code === parts.indexOf(part) ? 1 : 0), 0)
    return opened.float32(member.predictions(place, part), elements * cellTypes.length, finite)
  }
  return { ...brief, ...run, model, predictions: { validation: await predictions('validation'), test: await predictions('test') } }
}
