import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { encoderParameters } from '../src/engine/variants/encoder.ts'

/** Floating-point operations a second of a plain matrix product on all cores: what the engine's figures are measured against. */
export async function matMulSpeed(): Promise<number> {
  const script = fileURLToPath(new URL('matMulSpeed.ts', import.meta.url))
  const env = { ...process.env, TF_NUM_INTRAOP_THREADS: String(availableParallelism()) }
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env })
  return Number(stdout)
}

/**
 * Floating-point operations that the encoder's convolutions take for a sequence, two for each product that is added; the rest of
 * a network is small beside them. Training takes the gradients of the filters and of every input but the bases as well.
 */
export function operationsPerSequence(length: number): { readonly train: number; readonly predict: number } {
  const [first, second, third] = encoderParameters
    .filter(({ shape }) => shape.length === 3)
    .map(({ shape }) => 2 * shape.reduce((product, size) => product * size, 1)) as [number, number, number]
  const positions = length + 1
  const pooled = Math.floor(positions / 2)
  const [ofFirst, ofSecond, ofThird] = [positions * first, (pooled + 1) * second, (pooled + 2) * third]
  return { predict: ofFirst + ofSecond + ofThird, train: 2 * ofFirst + 3 * (ofSecond + ofThird) }
}
