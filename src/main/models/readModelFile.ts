import { WorkbenchError } from '../../shared/domain/errors.ts'
import { modelDescriptionSchema, type ModelDescription } from '../../shared/domain/model.ts'
import { variants } from '../../shared/domain/variants.ts'
import { digestTensors } from '../experiments/digestTensors.ts'
import { readSafetensors, readSafetensorsMetadata, TruncatedFile, type Tensors } from '../experiments/safetensors.ts'
import { CHECKPOINT_FORMAT, digestText, FORMAT_VERSION, MODEL_FORMAT } from '../experiments/savedModel.ts'
import { expectedTensors } from './expectedTensors.ts'

/** A model file that was found whole. */
export interface ModelFile {
  readonly tensors: Tensors
  readonly description: ModelDescription
  readonly weightsSha256: string
}

/**
 * The model in a file that comes from anywhere. What it claims is checked, not believed: form, version, checksums, the
 * variant, its description, and every tensor's name, shape and values.
 *
 * @param name the file's own name, for the messages
 * @throws WorkbenchError `invalid-input` that says what is wrong with the file
 */
export function readModelFile(bytes: Uint8Array, name: string): ModelFile {
  const refuse = (what: string, hint: string, cause?: unknown): never => {
    throw new WorkbenchError('invalid-input', `${name} ${what} Nothing was changed.`, { file: name, hint }, { cause })
  }
  const readOr = <T>(read: () => T, otherwise: (fault: unknown) => never): T => {
    try {
      return read()
    } catch (fault) {
      return otherwise(fault)
    }
  }
  const again = 'Copy or download it again, or save the model once more where it was trained.'
  const another = 'Choose a file that was saved by “Save the model” or export-model.'

  const metadata = readOr(
    () => readSafetensorsMetadata(bytes),
    (fault) =>
      fault instanceof TruncatedFile
        ? refuse('ends too early: it was cut short.', again, fault)
        : refuse('is not a model: it is no safetensors file.', another, fault),
  )
  const { format, format_version, description: text = '' } = metadata
  if (format?.startsWith(CHECKPOINT_FORMAT)) refuse('is a checkpoint in the middle of a training, not a model.', another)
  if (format === `${MODEL_FORMAT} 1`) {
    const hint = 'Open its workspace in this version and save the model from its run’s page.'
    refuse('was written by an earlier version, which kept too little beside the weights for another workspace.', hint)
  }
  if (format !== MODEL_FORMAT)
    refuse('is a safetensors file, but not of the workbench: nothing in it says how to bring sequences before it.', another)
  const version = /^\d+$/.test(format_version ?? '') ? Number(format_version) : NaN
  if (version > FORMAT_VERSION) {
    const hint = 'Install the newest version of the workbench, then open it again.'
    refuse(`was saved by a newer version of the workbench (format ${version}; this one reads up to ${FORMAT_VERSION}).`, hint)
  }
  if (version !== FORMAT_VERSION) refuse('does not say in which version of the format it is.', again)

  const { tensors } = readOr(
    () => readSafetensors(bytes),
    (fault) => refuse('is damaged: its tensors cannot be read.', again, fault),
  )
  const weightsSha256 = digestTensors(tensors)
  if (metadata['description_sha256'] !== digestText(text))
    refuse('is damaged: its description is not what was saved (the checksum differs).', again)
  if (metadata['tensors_sha256'] !== weightsSha256) refuse('is damaged: its weights are not what was saved (the checksum differs).', again)

  const description = readDescription(text, refuse)
  checkTensors(tensors, description, refuse)
  return { tensors, description, weightsSha256 }
}

type Refuse = (what: string, hint: string, cause?: unknown) => never

function readDescription(text: string, refuse: Refuse): ModelDescription {
  const hint = 'Save the model once more where it was trained.'
  let described: unknown
  try {
    described = JSON.parse(text)
  } catch (fault) {
    return refuse('has no description that can be read.', hint, fault)
  }
  const variant: unknown = typeof described === 'object' && described !== null && 'variant' in described ? described.variant : undefined
  if (typeof variant === 'string' && !(variants as readonly string[]).includes(variant)) {
    refuse(
      `holds a model of the variant ${variant}, which this workbench does not know (it knows ${variants.join(', ')}).`,
      'Install the newest version of the workbench, then open it again.',
    )
  }
  const parsed = modelDescriptionSchema.safeParse(described)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  return refuse(`has a description that is not whole: ${issue!.path.join('.') || 'it'}: ${issue!.message}.`, hint, parsed.error)
}

function checkTensors(tensors: Tensors, description: ModelDescription, refuse: Refuse): void {
  const { variant, cellTypes } = description
  const hint = 'Save the model once more where it was trained.'
  const expected = expectedTensors(description)
  const of = `the variant ${variant} with ${cellTypes.length === 1 ? '1 cell type' : `${cellTypes.length} cell types`}`
  for (const [name, shape] of expected) {
    const tensor = tensors[name]
    if (!tensor) return refuse(`lacks the tensor ${name}, which ${of} has.`, hint)
    if (tensor.shape.join() !== shape.join())
      refuse(`has the tensor ${name} of shape [${tensor.shape.join(', ')}]; for ${of} it must be [${shape.join(', ')}].`, hint)
    if (!tensor.values.every(Number.isFinite))
      refuse(`has values in the tensor ${name} that are not numbers: the training went astray.`, hint)
    // The square root of a negative variance is no number either.
    if (name.endsWith('.running_var') && !tensor.values.every((value) => value >= 0))
      refuse(`has a negative variance in the tensor ${name}.`, hint)
  }
  const unknown = Object.keys(tensors).find((name) => !expected.has(name))
  if (unknown !== undefined) refuse(`has the tensor ${unknown}, which ${of} does not have.`, hint)
}
