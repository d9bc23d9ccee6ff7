import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { hasSequences } from '../../shared/domain/dataset.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { ImportPlan } from '../../shared/domain/importing.ts'
import type { Origin } from '../../shared/domain/origin.ts'
import type { RunDetail } from '../../shared/domain/run.ts'
import type { Source } from '../../shared/domain/source.ts'
import { countOf } from '../../shared/text/numbers.ts'
import type { WorkspaceFolders } from '../core.ts'
import type { Breathe } from '../datasets/breathe.ts'
import { safeStem } from '../datasets/shelf/safeStem.ts'
import { readStoredCheckpoint } from '../db/checkpoints.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readContent } from '../db/datasetContent.ts'
import { readDataset, readUnmatchedNames } from '../db/datasets.ts'
import { readOrigin } from '../db/datasetShelf.ts'
import { readMeasures, readPredictions } from '../db/results.ts'
import { readRunDetail } from '../db/runs.ts'
import { readAssignment, readSplit } from '../db/splits.ts'
import { toBlob } from '../db/vectors.ts'
import { writeZip, type ArchivedFile } from '../files/writeZip.ts'
import { exportModel } from '../models/exportModel.ts'
import { readModelFile } from '../models/readModelFile.ts'
import {
  MANIFEST,
  manifestSchema,
  member,
  SHARE_FORMAT,
  sharedRunSchema,
  SHARE_VERSION,
  type Manifest,
  type RunInBrief,
  type SharedDataset,
  type SharedRun,
} from './manifest.ts'

export interface Sharing {
  readonly runs: readonly number[]
  readonly sequences: boolean
}

/**
 * Runs as one file, with their dataset, splits, results, weights and provenance. The same runs make the same bytes.
 *
 * @throws WorkbenchError `not-found`; `conflict` where a run is not completed, or its dataset has no sequences to give away;
 *   `invalid-input` where the runs are of several datasets; `unavailable` where a model is damaged
 */
export async function writeShared(
  database: ReadableDatabase,
  { checkpoints }: Pick<WorkspaceFolders, 'checkpoints'>,
  { runs: ids, sequences }: Sharing,
  { breathe, progress }: { readonly breathe: Breathe; readonly progress: (done: number, total: number) => void },
): Promise<{ fileName: string; bytes: Uint8Array }> {
  const runs = [...new Set(ids)].sort((a, b) => a - b).map((id) => readRunDetail(database, id))
  const dataset = theOnlyDataset(runs)
  const unfinished = runs.find(({ state }) => state !== 'completed')
  if (unfinished) {
    throw new WorkbenchError('conflict', `Run ${unfinished.id} is not completed, so there is no result to share.`, {
      hint: 'Share completed runs.',
    })
  }
  const members = new Map<string, Uint8Array>()
  const described = addDataset(database, dataset, sequences, members)
  const splitIds = [...new Set(runs.map(({ split }) => split))]
  const experimentIds = [...new Set(runs.map(({ experiment }) => experiment))]
  splitIds.forEach((id, i) => members.set(member.split(i), readAssignment(database, id)))
  const brief: RunInBrief[] = []
  for (const [i, run] of runs.entries()) {
    progress(i, runs.length)
    await breathe()
    brief.push(await addRun(database, checkpoints, run, { place: i, experiment: experimentIds.indexOf(run.experiment), runs }, members))
  }
  const checksums: Manifest['members'] = {}
  for (const [name, bytes] of members) {
    checksums[name] = { bytes: bytes.byteLength, sha256: sha256(bytes) }
    await breathe()
  }
  const manifest: Manifest = {
    format: SHARE_FORMAT,
    version: SHARE_VERSION,
    dataset: described,
    splits: splitIds.map((id) => {
      const { name, settings, createdAt, groups, leakage, audit } = readSplit(database, id)
      return { name, settings, createdAt, groups, leakage, audit }
    }),
    experiments: experimentIds.map((id) => {
      const first = runs.find(({ experiment }) => experiment === id)!
      return { split: splitIds.indexOf(first.split), createdAt: first.createdAt }
    }),
    runs: brief,
    members: checksums,
  }
  const files: ArchivedFile[] = [
    { fileName: MANIFEST, bytes: jsonBytes(manifestSchema.parse(manifest)) },
    ...[...members].map(([fileName, bytes]) => ({ fileName, bytes })),
  ]
  return {
    fileName: `${safeStem(described.name)} ${countOf(runs.length, 'run')}${described.sequences ? '' : ' without sequences'}.experiment.zip`,
    bytes: await writeZip(files, null),
  }
}

function theOnlyDataset(runs: readonly RunDetail[]): number {
  const names = new Map(runs.map(({ dataset, datasetName }) => [dataset, datasetName]))
  if (names.size > 1) {
    throw new WorkbenchError('invalid-input', `These runs are of ${names.size} datasets: ${[...names.values()].join(', ')}.`, {
      hint: 'Share the runs of one dataset at a time.',
    })
  }
  return runs[0]!.dataset
}

function addDataset(database: ReadableDatabase, id: number, sequences: boolean, members: Map<string, Uint8Array>): SharedDataset {
  const dataset = readDataset(database, id)
  if (sequences && !hasSequences(dataset)) {
    throw new WorkbenchError('conflict', `${dataset.name} came here without its sequences, so they cannot be shared.`, {
      hint: 'Share the runs without sequences.',
    })
  }
  const content = readContent(database, id)
  const origin = readOrigin(database, id)
  const json = (name: string, value: unknown) => members.set(name, jsonBytes(value))
  json(member.names, content.names)
  if (sequences) json(member.sequences, content.sequences)
  json(member.unmatched, readUnmatchedNames(database, id))
  members.set(member.groups, toBlob(content.groups))
  content.cellTypes.forEach(({ activities, replicates }, c) => {
    members.set(member.activities(c), toBlob(activities))
    replicates.forEach((replicate, r) => {
      members.set(member.replicate(c, r), toBlob(replicate.activities))
      if (replicate.barcodes) members.set(member.barcodes(c, r), toBlob(replicate.barcodes))
    })
  })
  content.labels.forEach(({ codes }, i) => members.set(member.labels(i), toBlob(codes)))
  const { name, createdAt, simulated, fingerprint, elements, rows, length, minimumBarcodes, adapters, report, notes, tags } = dataset
  return {
    ...{ name, createdAt, simulated, fingerprint, elements, rows, length, minimumBarcodes, adapters, report, notes, tags },
    origin: origin && elsewhere(origin),
    sequences,
    cellTypes: dataset.cellTypes.map((cellType, c) => ({
      ...cellType,
      replicates: content.cellTypes[c]!.replicates.map((replicate) => ({ name: replicate.name, barcodes: replicate.barcodes !== null })),
    })),
    labels: content.labels.map(({ column, values }) => ({ column, values: [...values] })),
  }
}

/** Nothing here: datasets are counted from 1. */
const NOWHERE = 0

/** Where a dataset comes from as another computer may know it: no folders, and no numbers of datasets that are others there. */
function elsewhere(origin: Origin): Origin {
  switch (origin.kind) {
    case 'combination':
      return { ...origin, parents: origin.parents.map((parent) => ({ ...parent, id: NOWHERE })) }
    case 'subset':
      return { ...origin, parent: { ...origin.parent, id: NOWHERE } }
    case 'import':
      return { ...origin, plan: withoutFolders(origin.plan) }
    case 'simulation':
      return origin
  }
}

function withoutFolders(plan: ImportPlan): ImportPlan {
  const { sequences } = plan
  return {
    sequences:
      sequences.kind === 'fasta'
        ? { ...sequences, source: fileOnly(sequences.source) }
        : sequences.kind === 'regions'
          ? { ...sequences, genome: fileOnly(sequences.genome), ...(sequences.index && { index: fileOnly(sequences.index) }) }
          : sequences,
    tables: plan.tables.map((table) => ({ ...table, source: fileOnly(table.source) })),
  }
}

function fileOnly(source: Source): Source {
  return source.kind === 'path' ? { ...source, path: basename(source.path.replaceAll('\\', '/')) } : source
}

async function addRun(
  database: ReadableDatabase,
  checkpoints: string,
  run: RunDetail,
  { place, experiment, runs }: { readonly place: number; readonly experiment: number; readonly runs: readonly RunDetail[] },
  members: Map<string, Uint8Array>,
): Promise<RunInBrief> {
  const { fileName, bytes } = await exportModel(database, checkpoints, { run: run.id })
  const { weightsSha256 } = readModelFile(bytes, fileName)
  members.set(member.model(place), bytes)
  for (const part of ['validation', 'test'] as const) {
    const predicted = readPredictions(database, run.id, part)
    if (!predicted) {
      throw new WorkbenchError('unavailable', `The predictions of run ${run.id} are not there any more.`, { hint: 'Share the other runs.' })
    }
    members.set(member.predictions(place, part), toBlob(predicted))
  }
  const {
    name,
    notes,
    tags,
    starred,
    createdAt,
    startedAt,
    finishedAt,
    engine,
    versions,
    parameters,
    epochs,
    seconds,
    rowsPerSecond,
    message,
    provenance,
    curve,
  } = run
  const reproduces = runs.findIndex(({ id }) => id === run.reproduces)
  const shared: SharedRun = {
    ...{
      name,
      notes,
      tags,
      starred,
      createdAt,
      startedAt,
      finishedAt,
      engine,
      versions,
      parameters,
      epochs,
      seconds,
      rowsPerSecond,
      message,
      provenance,
      curve,
    },
    epochOfWeights: readStoredCheckpoint(database, run.id, 'model')!.epoch,
    reproduces: reproduces < 0 ? null : reproduces,
    measures: (['validation', 'test'] as const).flatMap((part) =>
      [...readMeasures(database, run.id, part)].map(([cellType, measures]) => ({ part, cellType, ...measures })),
    ),
  }
  members.set(member.run(place), jsonBytes(sharedRunSchema.parse(shared)))
  return { experiment, variant: run.variant, recipe: run.recipe, seed: run.seed, testPearson: run.testPearson, weightsSha256 }
}

/** What a schema has read is in the schema's order, whatever way it came: so equal content makes equal bytes. */
function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
