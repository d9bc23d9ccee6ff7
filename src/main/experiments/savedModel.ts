import type { Checkpoint, Model } from '../../shared/contract/engine.ts'
import type { Frame } from '../../shared/dna/fitBases.ts'
import { codesOf, decodeBases } from '../../shared/dna/bases.ts'
import type { Run } from '../../shared/domain/run.ts'
import type { TensorFile } from './safetensors.ts'

/** A trained network with all that is needed to bring sequences before it and to read its scores. */
export interface SavedModel {
  readonly model: Model
  readonly frame: Frame
  /** Names of the last axis of every score. */
  readonly cellTypes: readonly string[]
}

/** A model as a file that explains itself: the whole recipe stands beside the weights. */
export function modelToFile({ model, frame, cellTypes }: SavedModel, run: Run, epochOfWeights: number): TensorFile {
  const { tensors, ...network } = model
  return {
    tensors,
    metadata: {
      format: 'enhancer-workbench model 1',
      network: JSON.stringify(network),
      frame: JSON.stringify({ ...frame, prefix: decodeBases(frame.prefix), suffix: decodeBases(frame.suffix) }),
      cellTypes: JSON.stringify(cellTypes),
      recipe: JSON.stringify(run.recipe),
      training: JSON.stringify({ dataset: run.datasetName, split: run.splitKind, seed: run.seed, epochOfWeights }),
    },
  }
}

export function modelFromFile({ tensors, metadata }: TensorFile): SavedModel {
  const network = JSON.parse(metadata['network']!) as Omit<Model, 'tensors'>
  const frame = JSON.parse(metadata['frame']!) as Omit<Frame, 'prefix' | 'suffix'> & { prefix: string; suffix: string }
  return {
    model: { ...network, tensors },
    frame: { ...frame, prefix: codesOf(frame.prefix), suffix: codesOf(frame.suffix) },
    cellTypes: JSON.parse(metadata['cellTypes']!) as string[],
  }
}

/** A checkpoint as a file; the counters, which are no tensors, stand in the metadata. */
export function checkpointToFile({ tensors, ...counters }: Checkpoint): TensorFile {
  return { tensors, metadata: { format: 'enhancer-workbench checkpoint 1', counters: JSON.stringify(counters) } }
}

export function checkpointFromFile({ tensors, metadata }: TensorFile): Checkpoint {
  return { ...(JSON.parse(metadata['counters']!) as Omit<Checkpoint, 'tensors'>), tensors }
}
