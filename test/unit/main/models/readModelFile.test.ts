import { describe, expect, it } from 'vitest'
import { calibrationTensors } from '../../../../src/engine/scoring/calibration.ts'
import { learnedParameters } from '../../../../src/engine/training/learnedParameters.ts'
import { variantDefinitions } from '../../../../src/engine/variants/definitions.ts'
import { encoderStatistics } from '../../../../src/engine/variants/encoder.ts'
import { writeSafetensors, type TensorFile } from '../../../../src/main/experiments/safetensors.ts'
import { checkpointToFile, digestText, modelToFile } from '../../../../src/main/experiments/savedModel.ts'
import { expectedTensors } from '../../../../src/main/models/expectedTensors.ts'
import { readModelFile } from '../../../../src/main/models/readModelFile.ts'
import { WorkbenchError } from '../../../../src/shared/domain/errors.ts'
import { modelDescriptionSchema } from '../../../../src/shared/domain/model.ts'
import { losses, recipes } from '../../../../src/shared/domain/recipe.ts'
import { variants } from '../../../../src/shared/domain/variants.ts'
import { description, tensorsFor } from './modelFixture.ts'

const whole = modelToFile(tensorsFor(description), description)
const bytes = writeSafetensors(whole)
const read = (file: Uint8Array) => readModelFile(file, 'm.safetensors')
function refusal(file: Uint8Array): WorkbenchError {
  try {
    read(file)
  } catch (fault) {
    if (fault instanceof WorkbenchError) return fault
    throw fault
  }
  throw new Error('it was not refused')
}
const withMetadata = (changes: Record<string, string>) => writeSafetensors({ ...whole, metadata: { ...whole.metadata, ...changes } })
/** A file whose checksums are right, and whose content is not. */
const described = (content: unknown, tensors: TensorFile['tensors'] = whole.tensors) => {
  const { metadata } = modelToFile(tensors, description)
  const text = JSON.stringify(content)
  return writeSafetensors({ tensors, metadata: { ...metadata, description: text, description_sha256: digestText(text) } })
}
const withTensors = (change: (tensors: ReturnType<typeof tensorsFor>) => void) => {
  const tensors = tensorsFor(description)
  change(tensors)
  return writeSafetensors(modelToFile(tensors, description))
}
/** One tensor too many that the checksums do not know, under a name of the same length that only bytes can give it. */
function withRenamedTensor(name: string, to: string): Uint8Array {
  const file = writeSafetensors({ ...whole, tensors: { ...whole.tensors, [name]: { shape: [1], values: Float32Array.of(1) } } })
  return new Uint8Array(Buffer.from(Buffer.from(file).toString('latin1').replace(`"${name}"`, `"${to}"`), 'latin1'))
}
function flipped(at: number): Uint8Array {
  const copy = bytes.slice()
  copy[at]! ^= 1
  return copy
}

describe('a model file', () => {
  it('is read as it was written', () => {
    expect(read(bytes)).toEqual({ tensors: whole.tensors, description, weightsSha256: whole.metadata['tensors_sha256'] })
    expect(writeSafetensors(modelToFile(read(bytes).tensors, read(bytes).description))).toEqual(bytes)
  })

  it.each<[string, Uint8Array, RegExp]>([
    ['no safetensors', new TextEncoder().encode('name\tsequence\nenh_1\tACGT\n'), /is not a model: it is no safetensors file\./],
    ['empty', new Uint8Array(0), /is not a model/],
    ['another program’s JSON', new TextEncoder().encode('{"a": 1}'.repeat(20)), /is not a model/],
    ['cut short', bytes.subarray(0, -1), /ends too early: it was cut short\./],
    ['cut short in its header', bytes.subarray(0, 100), /ends too early: it was cut short\./],
    ['longer than it says', new Uint8Array([...bytes, 0]), /is not a model/],
    [
      'another program’s safetensors',
      writeSafetensors({ tensors: whole.tensors, metadata: { format: 'pt' } }),
      /is a safetensors file, but not of the workbench/,
    ],
    [
      'safetensors without metadata',
      writeSafetensors({ tensors: whole.tensors, metadata: {} }),
      /is a safetensors file, but not of the workbench/,
    ],
    [
      'a checkpoint',
      writeSafetensors(checkpointToFile({ epoch: 1, step: 1, bestEpoch: 1, bestPearson: null, tensors: {} }, description)),
      /is a checkpoint in the middle of a training/,
    ],
    ['of the first version', withMetadata({ format: 'enhancer-workbench model 1' }), /was written by an earlier version/],
    [
      'of a newer version',
      withMetadata({ format_version: '3' }),
      /was saved by a newer version of the workbench \(format 3; this one reads up to 2\)\./,
    ],
    ['of no version', withMetadata({ format_version: 'two' }), /does not say in which version/],
    ['with one bit of its weights changed', flipped(bytes.length - 1), /its weights are not what was saved \(the checksum differs\)/],
    [
      'with one letter of its description changed',
      withMetadata({ description: whole.metadata['description']!.replace('52', '53') }),
      /its description is not what was saved \(the checksum differs\)/,
    ],
    [
      'of a variant that nobody knows',
      described({ ...description, variant: 'transformer' }),
      /of the variant transformer, which this workbench does not know \(it knows baseline, embedding, attention, full\)/,
    ],
    ['without a length', described({ ...description, length: undefined }), /a description that is not whole: length: /],
    [
      'with adapters that are no DNA',
      described({ ...description, adapters: { ...description.adapters, prefix: 'AC!' } }),
      /not whole: adapters\.prefix: expected DNA letters/,
    ],
    [
      'with two cell types of one name',
      described({ ...description, cellTypes: ['HepG2', 'HepG2'] }),
      /not whole: cellTypes: two have the same name\./,
    ],
    [
      'that predicts specificity and lacks the statistics of a cell type',
      described({ ...description, target: { kind: 'specificity', statistics: [{ mean: 0, sd: 1 }] } }),
      /not whole: target\.statistics: expected one for each cell type/,
    ],
    ['whose description is no object', described('full'), /a description that is not whole/],
    [
      'without a tensor',
      withTensors((tensors) => delete tensors['head.0.bias']),
      /lacks the tensor head\.0\.bias, which the variant full with 2 cell types has/,
    ],
    [
      'with a tensor of another shape',
      described({ ...description, cellTypes: ['HepG2', 'K562', 'WTC11'] }),
      /has the tensor cell_types\.weight of shape \[2, 6\]; for the variant full with 3 cell types it must be \[3, 6\]/,
    ],
    [
      'with a tensor too many',
      withTensors((tensors) => (tensors['extra'] = { shape: [1], values: Float32Array.of(1) })),
      /has the tensor extra, which the variant full/,
    ],
    [
      'with a tensor too many that is called as what JavaScript inherits from',
      withRenamedTensor('extra_one', '__proto__'),
      /its weights are not what was saved/,
    ],
    [
      'with a value that is no number',
      withTensors((tensors) => (tensors['head.3.bias'] = { shape: [1], values: Float32Array.of(NaN) })),
      /values in the tensor head\.3\.bias that are not numbers/,
    ],
    [
      'with an infinite value',
      withTensors((tensors) => (tensors['head.3.bias'] = { shape: [1], values: Float32Array.of(Infinity) })),
      /not numbers/,
    ],
    [
      'with a negative variance',
      withTensors((tensors) => tensors['encoder.2.running_var']!.values.fill(-1)),
      /a negative variance in the tensor encoder\.2\.running_var/,
    ],
  ])('is refused with the reason: %s', (_what, file, reason) => {
    const fault = refusal(file)
    expect(fault.message).toMatch(reason)
    expect(fault.message).toMatch(/^m\.safetensors .* Nothing was changed\.$/)
    expect(fault).toMatchObject({ code: 'invalid-input', details: { file: 'm.safetensors', hint: expect.any(String) as string } })
  })

  it('is refused wherever a single byte of it is lost', () => {
    for (let at = 0; at < bytes.length; at += 97)
      expect(() => read(new Uint8Array([...bytes.subarray(0, at), ...bytes.subarray(at + 1)])), String(at)).toThrow(WorkbenchError)
  })

  it('is read with a recipe from before a setting was added', () => {
    const { momentum: _m, loss: _l, huberDelta: _h, target: _t, shift: _s, ...earlier } = recipes.seed
    const { recipe } = read(described({ ...description, recipe: earlier })).description
    expect(recipe).toEqual(recipes.seed)
    expect(modelDescriptionSchema.parse(description)).toEqual(description)
  })
})

describe('the tensors that a file must hold', () => {
  it.each(variants)('are those that the engine gives and takes: %s', (variant) => {
    const ofEngine = [...variantDefinitions[variant].parameters(3), ...encoderStatistics].map(({ name, shape }) => [name, [...shape]])
    const expected = expectedTensors({ variant, cellTypes: ['a', 'b', 'c'], recipe: recipes.seed })
    expect(Object.fromEntries(expected)).toEqual(Object.fromEntries(ofEngine))
  })

  it.each(losses)('and what training with the loss %s adds to them', (loss) => {
    const learned = [...learnedParameters({ variant: 'full', cellTypes: 3, recipe: { loss } }), ...encoderStatistics]
    const line = calibrationTensors({ scale: new Float32Array(3), offset: new Float32Array(3) })
    const ofEngine = [
      ...learned.map(({ name, shape }) => [name, [...shape]]),
      ...(loss === 'pearson' ? Object.entries(line).map(([name, { shape }]) => [name, shape]) : []),
    ]
    const expected = expectedTensors({ variant: 'full', cellTypes: ['a', 'b', 'c'], recipe: { ...recipes.seed, loss } })
    expect(Object.fromEntries(expected)).toEqual(Object.fromEntries(ofEngine))
  })
})
