import { createHash } from 'node:crypto'
import type { Checkpoint, Model } from '../../shared/contract/engine.ts'
import type { ModelDescription } from '../../shared/domain/model.ts'
import type { Frame } from '../../shared/dna/fitBases.ts'
import { codesOf } from '../../shared/dna/bases.ts'
import { digestTensors } from './digestTensors.ts'
import type { TensorFile, Tensors } from './safetensors.ts'

/** What `format` says in the metadata of a file of the workbench, and the version that is written (docs/model-format.md). */
export const MODEL_FORMAT = 'enhancer-workbench model'
export const CHECKPOINT_FORMAT = 'enhancer-workbench checkpoint'
export const FORMAT_VERSION = 2

/** A trained network with all that is needed to bring sequences before it and to read its scores. */
export interface SavedModel {
  readonly model: Model
  readonly frame: Frame
  /** Names of the last axis of every score. */
  readonly cellTypes: readonly string[]
}

/** A model as a file that explains itself: all that is known of it stands beside the weights. */
export function modelToFile(tensors: Tensors, description: ModelDescription): TensorFile {
  return { tensors, metadata: metadataOf(MODEL_FORMAT, tensors, description) }
}

/** The model of a file that the workbench wrote, this version or an earlier one. */
export function modelFromFile({ tensors, metadata }: TensorFile): SavedModel {
  const { description } = metadata
  return description === undefined ? fromVersion1(tensors, metadata) : savedModel(tensors, JSON.parse(description) as ModelDescription)
}

/** A model from its numbers and what is known of it. */
export function savedModel(tensors: Tensors, description: ModelDescription): SavedModel {
  const { variant, length, cellTypes, ambiguousBases, strands, adapters } = description
  return {
    model: { variant, length, cellTypes: cellTypes.length, ambiguousBases, strands, tensors },
    frame: { length, adapters: adapters.treatment, prefix: codesOf(adapters.prefix), suffix: codesOf(adapters.suffix) },
    cellTypes,
  }
}

/** A checkpoint as a file; the counters, which are no tensors, stand in the metadata. */
export function checkpointToFile({ tensors, ...counters }: Checkpoint, description: ModelDescription): TensorFile {
  return { tensors, metadata: { ...metadataOf(CHECKPOINT_FORMAT, tensors, description), counters: JSON.stringify(counters) } }
}

export function checkpointFromFile({ tensors, metadata }: TensorFile): Checkpoint {
  return { ...(JSON.parse(metadata['counters']!) as Omit<Checkpoint, 'tensors'>), tensors }
}

function metadataOf(format: string, tensors: Tensors, described: ModelDescription): Record<string, string> {
  const description = JSON.stringify(described)
  return {
    format,
    format_version: String(FORMAT_VERSION),
    tensors_sha256: digestTensors(tensors),
    description_sha256: digestText(description),
    description,
  }
}

/** SHA-256, in hex, of a text as UTF-8. */
export function digestText(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The first version had the network's form and its frame apart, and no checksums. */
function fromVersion1(tensors: Tensors, metadata: TensorFile['metadata']): SavedModel {
  const network = JSON.parse(metadata['network']!) as Omit<Model, 'tensors'>
  const frame = JSON.parse(metadata['frame']!) as Omit<Frame, 'prefix' | 'suffix'> & { prefix: string; suffix: string }
  return {
    model: { ...network, tensors },
    frame: { ...frame, prefix: codesOf(frame.prefix), suffix: codesOf(frame.suffix) },
    cellTypes: JSON.parse(metadata['cellTypes']!) as string[],
  }
}
