import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Reproduction, Run, RunDetail } from '../../shared/domain/run.ts'
import type { Core } from '../core.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { createExperiment, readRun, readRunDetail } from '../db/runs.ts'
import { checkTrainable } from './checkTrainable.ts'
import { compareWeights } from './compareWeights.ts'
import { loadModel } from './loadModel.ts'

/**
 * Queues a run of the same dataset, split, variant, recipe and seed as a completed one.
 *
 * @throws WorkbenchError `not-found`; `conflict` where the run is not completed, so that there is nothing to be equal to, or in the bin; as
 *   {@link checkTrainable}
 */
export function reproduceRun({ database, clock, emit }: Core, id: number): Run {
  const { state, dataset, split, recipe, variant, seed, binnedAt } = readRun(database, id)
  if (binnedAt !== null) throw new WorkbenchError('conflict', `Run ${id} is in the bin.`, { hint: 'Take it out of the bin first.' })
  if (state !== 'completed') {
    throw new WorkbenchError('conflict', `Run ${id} is not completed, so there is no result to reproduce.`, {
      hint: 'Resume it, or choose a completed run.',
    })
  }
  checkTrainable(database, dataset, recipe)
  const createdAt = clock().toISOString()
  const [made] = createExperiment(database, { dataset, split, recipe, runs: [{ variant, seed }], createdAt, reproduces: id })
  const run = readRun(database, made!)
  emit('runs.changed', run)
  return run
}

/** How a run's weights compare with those of the run that it repeats; null where it repeats none, or one of the two is not completed. */
export async function readReproduction(database: ReadableDatabase, checkpointsFolder: string, id: number): Promise<Reproduction | null> {
  const run = readRunDetail(database, id)
  if (run.reproduces === null || run.state !== 'completed') return null
  const original = readRunDetail(database, run.reproduces)
  if (original.state !== 'completed') return null
  const [one, other] = await Promise.all([run, original].map((each) => loadModel(database, checkpointsFolder, each.id)))
  return { original: original.id, ...compareWeights(one!.model.tensors, other!.model.tensors), differences: differencesOf(original, run) }
}

/** What was otherwise when the run trained, as far as it is known to change the last digits. */
function differencesOf(original: RunDetail, run: RunDetail): string[] {
  const changed = (what: string, then: string | null | undefined, now: string | null | undefined) =>
    then == null || now == null || then === now ? [] : [`${what}: ${then} then, ${now} now.`]
  const names = [...new Set([...Object.keys(original.versions), ...Object.keys(run.versions)])].sort()
  const [before, after] = [original.provenance, run.provenance]
  return [
    ...changed('Engine', original.engine, run.engine),
    ...changed('Encoder', original.versions['encoder'], run.versions['encoder']),
    ...names
      .filter((name) => name !== 'encoder')
      .flatMap((name) => changed(`Version of ${name}`, original.versions[name] ?? 'none', run.versions[name] ?? 'none')),
    ...changed('Processor', before?.machine.processor, after?.machine.processor),
    ...changed('Cores', before && String(before.machine.cores), after && String(after.machine.cores)),
    ...changed('System', before?.machine.platform, after?.machine.platform),
    ...changed('GPU', before && (before.machine.gpu ?? 'none'), after && (after.machine.gpu ?? 'none')),
    ...(before && after && before.datasetFingerprint !== after.datasetFingerprint
      ? ['The dataset’s content is not the same any more.']
      : []),
    ...(before && after && before.splitFingerprint !== after.splitFingerprint ? ['The split is not the same any more.'] : []),
    ...[original, run].flatMap(({ id, provenance }) => [
      ...(provenance?.earlier ?? []).map(({ epochs, engine, machine }) => {
        return `Up to epoch ${epochs} run ${id} was trained with ${engine}, on ${machine.processor}.`
      }),
      ...(provenance?.notes ?? []).map((note) => `Run ${id}: ${note}`),
    ]),
    ...(before ? [] : [`Run ${original.id} was trained by an earlier version of the workbench, which did not keep the machine.`]),
  ]
}
