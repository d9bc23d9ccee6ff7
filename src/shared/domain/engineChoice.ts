import { engineNames, type EngineName } from './engine.ts'

/** An engine on a device. */
export interface PlacedEngine {
  readonly name: EngineName
  readonly device: string
  readonly onGpu: boolean
}

/** The names that people know the engines by. */
export const engineTitles: Readonly<Record<EngineName, string>> = {
  tensorflow: 'TensorFlow',
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'Plain JavaScript',
}

/** Those that may find a GPU, best first. */
export const gpuEngines: readonly EngineName[] = ['tensorflow', 'webgpu']
/** On a processor, best first. WebGPU comes last: a processor that plays a GPU is slower than one that does not. */
const processorEngines: readonly EngineName[] = ['tensorflow', 'wasm', 'cpu', 'webgpu']

/** Any GPU before any processor: the lower, the better. */
export function rankOf({ name, onGpu }: Pick<PlacedEngine, 'name' | 'onGpu'>): number {
  return onGpu ? gpuEngines.indexOf(name) : gpuEngines.length + processorEngines.indexOf(name)
}

/** `TensorFlow on the CPU`, `WebGPU on Apple M1`. */
export function labelOf({ name, device }: Pick<PlacedEngine, 'name' | 'device'>): string {
  return device.startsWith('CPU') ? `${engineTitles[name]} on the CPU` : `${engineTitles[name]} on ${device}`
}

/** {@link labelOf} what a run keeps of its engine, as `tensorflow on CPU`. */
export function labelOfKept(kept: string): string {
  const name = engineNames.find((known) => kept.startsWith(`${known} on `))
  return name ? labelOf({ name, device: kept.slice(name.length + ' on '.length) }) : kept
}

/** Why an engine is used: what became of those that would have been better, and what to expect of it. */
export function whyUsed(engine: PlacedEngine, passedOver: readonly string[]): string {
  const used = `${labelOf(engine)} is used: a training step gave the expected numbers.${drawbackOf(engine)}`
  return passedOver.length === 0 ? used : `${passedOver.join(' ')} So ${used}`
}

/** Why an engine is not used that has not failed: another is better, or it only seems to have a GPU. */
export function whyNotUsed(engine: PlacedEngine, better: PlacedEngine): string {
  return `Works, but ${labelOf(better)} is better.${drawbackOf(engine)}`
}

/** What became of a better engine, as a sentence of {@link whyUsed}. */
export function passedOver(name: EngineName, reason: string): string {
  return `${engineTitles[name]}: ${reason}`
}

export const SOFTWARE_GPU = 'Only a processor that plays a GPU answers, and that is slower than the processor itself.'

function drawbackOf({ name, onGpu }: PlacedEngine): string {
  if (onGpu || name === 'tensorflow') return ''
  if (name === 'wasm') return ' It gives the same numbers, but training is very slow.'
  return ' It gives the same numbers, but is too slow for real training.'
}
