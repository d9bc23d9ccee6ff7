import type { Checkpoint, TrainingProgress, TrainingResult } from '../../shared/contract/engine.ts'
import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import { ALL_CELL_TYPES } from '../../shared/domain/measures.ts'
import type { Run, RunState } from '../../shared/domain/run.ts'
import { measureByCellType } from '../../shared/stats/measures.ts'
import type { Core } from '../core.ts'
import { dropStoredCheckpoint, readStoredCheckpoint, saveStoredCheckpoint, type StoredCheckpoint } from '../db/checkpoints.ts'
import { dropEpochsAfter, saveEpoch } from '../db/epochs.ts'
import { saveMeasures, savePredictions } from '../db/results.ts'
import { moveRun, readRun, readRunDetail, saveEngineOfRun, saveNote, saveProvenance } from '../db/runs.ts'
import { readDatasetSummary } from '../db/datasets.ts'
import { readAssignment } from '../db/splits.ts'
import { EngineGivenUp, EngineLost, type EngineSupervisor } from '../engine/engineSupervisor.ts'
import {
  DamagedCheckpoint,
  readCheckpointFile,
  removeCheckpointFile,
  setAsideCheckpointFile,
  writeCheckpointFile,
} from './checkpointFiles.ts'
import { describeMachine } from './describeMachine.ts'
import { describeModel, fingerprintSplit } from './describeModel.ts'
import { earlierStretches } from './earlierStretches.ts'
import { checkpointFromFile, checkpointToFile, modelToFile } from './savedModel.ts'
import { prepareTraining, type PreparedTraining } from './trainingJob.ts'

/** Why a run's signal was aborted: somebody asked for this run to stop, the queue was paused, or the workbench closes. */
export type StopReason = 'asked' | 'paused' | 'closing'

export interface TrainRunOptions {
  /** Aborted with a {@link StopReason}. */
  readonly stop: AbortSignal
  /** Hears what the engine tells, after it has been kept. */
  readonly onProgress?: (progress: TrainingProgress) => void
}

/**
 * Trains a queued run to its end, whatever that is: when the promise resolves, the run is completed, cancelled, failed,
 * interrupted, or back in the queue where that was paused, and the database says which and why. Rejects only where the database
 * itself cannot be written.
 */
export async function trainRun(
  core: Core,
  supervisor: EngineSupervisor,
  id: number,
  { stop, onProgress: tell = () => {} }: TrainRunOptions,
): Promise<void> {
  const { database, log } = core
  move(core, id, 'starting')
  // Ends the training from within when an epoch cannot be kept.
  const broken = new AbortController()
  const signal = AbortSignal.any([stop, broken.signal])
  let kept: Promise<void> = Promise.resolve()
  try {
    const run = readRun(database, id)
    const resume = await readResume(core, id)
    dropEpochsAfter(database, id, resume?.epoch ?? 0)
    const prepared = prepareTraining(database, run, resume)
    checkParts(prepared)
    const keepUnlessBroken = async (progress: TrainingProgress & { kind: 'epoch' }) => {
      if (!broken.signal.aborted) await keepEpoch(core, id, prepared, progress)
    }
    const onProgress = (progress: TrainingProgress) => {
      if (progress.kind === 'started') onStarted(core, id, progress)
      else if (progress.kind === 'step') core.emit('runs.progress', { run: id, ...withoutKind(progress) })
      else if (progress.kind === 'note') onNote(core, id, progress.message)
      // Behind an epoch that was not kept none is: the run goes on from the last whole one.
      else kept = kept.then(() => keepUnlessBroken(progress)).catch((fault: unknown) => broken.abort(fault))
      tell(progress)
    }
    const result = await supervisor.use((calls) => calls.models.train(prepared.job, { signal, onProgress }), signal)
    await kept
    broken.signal.throwIfAborted()
    await keepResult(core, run, prepared, result)
    emitRun(core, id)
  } catch (fault) {
    await kept
    const reason = broken.signal.aborted ? (broken.signal.reason as unknown) : fault
    const run = readRun(database, id)
    const end = endOf(reason, run, stop)
    if (end.state === 'failed' || end.state === 'interrupted') log.error({ err: reason, run: id }, `the run ${end.state}`)
    // The message of a run that waits says why it waits for nothing.
    move(core, id, end.state, end.state === 'queued' ? null : [run.message, end.message].filter(Boolean).join(' ') || null)
  }
}

/** Moves a run and tells the pages. */
export function move(core: Core, id: number, to: RunState, message: string | null = null): Run {
  moveRun(core.database, id, to, core.clock().toISOString(), message)
  return emitRun(core, id)
}

function emitRun(core: Core, id: number): Run {
  const run = readRun(core.database, id)
  core.emit('runs.changed', run)
  return run
}

/**
 * The checkpoint to go on from, or null for a start from the beginning. A damaged one fails the run rather than being passed
 * over: hours of training would be repeated without a word. It is set aside, so that the next resume starts over.
 */
async function readResume(core: Core, id: number): Promise<Checkpoint | null> {
  const stored = readStoredCheckpoint(core.database, id, 'resume')
  if (!stored) return null
  try {
    return checkpointFromFile(await readCheckpointFile(core.folders.checkpoints, stored))
  } catch (fault) {
    if (!(fault instanceof DamagedCheckpoint)) throw fault
    await setAsideCheckpointFile(core.folders.checkpoints, stored.file)
    dropStoredCheckpoint(core.database, id, 'resume')
    throw new WorkbenchError(
      'conflict',
      `The checkpoint of epoch ${stored.epoch} is damaged: ${fault.message}. Resume once more to train this run from the start.`,
    )
  }
}

function checkParts({ job }: PreparedTraining): void {
  if (job.train.length < 2) throw new WorkbenchError('invalid-input', 'The training part of this split has fewer than two elements.')
  if (job.validation.length === 0 && job.recipe.weights === 'best') {
    throw new WorkbenchError(
      'invalid-input',
      'The validation part of this split is empty, so the best epoch cannot be told. Choose the last epoch’s weights.',
    )
  }
}

function onStarted(core: Core, id: number, started: TrainingProgress & { kind: 'started' }): void {
  const { database } = core
  const before = readRunDetail(database, id)
  const { dataset, split, epochs, provenance } = before
  const machine = describeMachine(started.engine)
  database.transaction(() => {
    saveEngineOfRun(database, id, started)
    saveProvenance(database, id, {
      machine,
      earlier: earlierStretches(before, { engine: started.engine, versions: { ...started.versions }, machine }),
      notes: epochs > 0 ? (provenance?.notes ?? []) : [],
      datasetFingerprint: readDatasetSummary(database, dataset).fingerprint,
      splitFingerprint: fingerprintSplit(readAssignment(database, split)),
    })
  })
  // Where the run was asked to stop meanwhile it stays in `cancelling`.
  if (readRun(database, id).state === 'starting') move(core, id, 'running')
  else emitRun(core, id)
}

/** Said at once, and kept with the run, whatever comes of it; all that was said before, in an earlier start too, stays. */
function onNote(core: Core, id: number, message: string): void {
  const { database } = core
  database.transaction(() => {
    const { provenance } = readRunDetail(database, id)
    const notes = [...new Set([...(provenance?.notes ?? []), message])]
    saveNote(database, id, notes.join(' '))
    if (provenance) saveProvenance(database, id, { ...provenance, notes })
  })
  emitRun(core, id)
}

/** The checkpoint's file first, then epoch and checkpoint in one transaction, then the file before it goes: a crash at any point leaves a whole one. */
async function keepEpoch(
  core: Core,
  id: number,
  prepared: PreparedTraining,
  { epoch, rowsPerSecond, checkpoint }: TrainingProgress & { kind: 'epoch' },
): Promise<void> {
  const { database, folders, clock, emit } = core
  const standing = { epochs: epoch.epoch, epochOfWeights: epoch.epoch, trainedAt: clock().toISOString(), testPearson: null }
  const before = readStoredCheckpoint(database, id, 'resume')
  const stored = await writeCheckpointFile(
    folders.checkpoints,
    `run-${id}-epoch-${epoch.epoch}.safetensors`,
    epoch.epoch,
    checkpointToFile(checkpoint, describeModel(database, id, prepared, standing)),
  )
  database.transaction(() => {
    saveEpoch(database, id, epoch, rowsPerSecond)
    saveStoredCheckpoint(database, id, 'resume', stored)
  })
  emit('runs.epoch', { run: id, epoch })
  emitRun(core, id)
  if (before && before.file !== stored.file) await removeCheckpointFile(folders.checkpoints, before.file)
}

/** The model's file, then predictions, measures and the run's completion in one transaction. */
async function keepResult(core: Core, run: Run, prepared: PreparedTraining, result: TrainingResult): Promise<void> {
  const { database, folders, clock } = core
  const { job, cellTypes } = prepared
  const { model, predictions, epochs, epochOfWeights } = result
  for (const predicted of [predictions.validation, predictions.test]) {
    if (!predicted.every(Number.isFinite)) {
      throw new WorkbenchError(
        'invalid-input',
        'The training ran away: its predictions are not numbers any more. Train again with a lower learning rate.',
      )
    }
  }
  const measured = (part: 'validation' | 'test') =>
    measureByCellType(predictions[part], rowsOf(job.activities, job[part], cellTypes.length), cellTypes)
  const measures = { validation: measured('validation'), test: measured('test') }
  const testPearson = measures.test.get(ALL_CELL_TYPES)?.pearson ?? null
  const description = describeModel(database, run.id, prepared, { epochs, epochOfWeights, trainedAt: clock().toISOString(), testPearson })
  const file = modelToFile(model.tensors, description)
  const stored: StoredCheckpoint = await writeCheckpointFile(folders.checkpoints, `run-${run.id}-model.safetensors`, epochOfWeights, file)
  const before = readStoredCheckpoint(database, run.id, 'resume')
  database.transaction(() => {
    for (const part of ['validation', 'test'] as const) {
      savePredictions(database, run.id, part, predictions[part])
      saveMeasures(database, run.id, part, measures[part])
    }
    saveStoredCheckpoint(database, run.id, 'model', stored)
    dropStoredCheckpoint(database, run.id, 'resume')
    moveRun(database, run.id, 'completed', clock().toISOString(), readRun(database, run.id).message)
  })
  if (before) await removeCheckpointFile(folders.checkpoints, before.file)
}

function rowsOf(matrix: Float32Array, rows: Int32Array, width: number): Float32Array {
  const chosen = new Float32Array(rows.length * width)
  rows.forEach((row, i) => chosen.set(matrix.subarray(row * width, (row + 1) * width), i * width))
  return chosen
}

function endOf(fault: unknown, run: Run, stop: AbortSignal): { state: RunState; message: string | null } {
  const left =
    run.epochs > 0
      ? `Epochs 1 to ${run.epochs} are kept; resume goes on from there.`.replace('Epochs 1 to 1 are', 'Epoch 1 is')
      : 'No epoch was finished; resume starts from the beginning.'
  if (stop.aborted && stop.reason === ('closing' satisfies StopReason))
    return { state: 'interrupted', message: `The workbench was closed during training. ${left}` }
  if (run.state === 'cancelling') return { state: 'cancelled', message: null }
  // What would have failed by itself fails; whatever else ends it while the queue is paused is the pause.
  if (stop.aborted && stop.reason === ('paused' satisfies StopReason) && isLetGo(fault)) return { state: 'queued', message: null }
  if (fault instanceof EngineLost || fault instanceof EngineGivenUp) return { state: 'interrupted', message: `${fault.message} ${left}` }
  if (fault instanceof WorkbenchError) return { state: 'failed', message: fault.message }
  return { state: 'failed', message: `Something went wrong inside the workbench (${messageOf(fault)}). ${left}` }
}

function isLetGo(fault: unknown): boolean {
  return fault instanceof EngineLost || fault instanceof EngineGivenUp || (fault instanceof WorkbenchError && fault.code === 'cancelled')
}

function withoutKind<T extends { kind: string }>({ kind: _, ...rest }: T): Omit<T, 'kind'> {
  return rest
}
