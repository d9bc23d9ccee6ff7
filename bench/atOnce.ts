/**
 * `node bench/atOnce.ts [ROUNDS]`: two runs one after another, each with all cores, beside two at once with one thread each, by
 * the wall clock and with the engines warm. Also says whether the weights are the same to the last bit
 * (docs/decisions/0014-one-run-at-a-time.md).
 */
import type { TrainingJob, TrainingResult } from '../src/shared/contract/engine.ts'
import { recipes } from '../src/shared/domain/recipe.ts'
import { random } from '../src/shared/stats/random.ts'
import { digestTensors } from '../src/main/experiments/digestTensors.ts'
import { startBenchEngine, type BenchEngine } from './benchEngine.ts'
import { describeMachine, load } from './machine.ts'
import { alternate, median, medianRatio } from './rounds.ts'
import { randomBases } from './trainingRates.ts'

const [SEQUENCES, CELL_TYPES, LENGTH, EPOCHS] = [20_000, 3, 230, 12]
const rounds = Number(process.argv[2] ?? 5)
const ONE_THREAD = { ENCODER_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', TF_NUM_INTRAOP_THREADS: '1' }

const source = random(2)
const indices = Int32Array.from({ length: SEQUENCES }, (_, i) => i)
const data = {
  length: LENGTH,
  cellTypes: CELL_TYPES,
  bases: randomBases(SEQUENCES),
  activities: Float32Array.from({ length: SEQUENCES * CELL_TYPES }, source.normal),
  train: indices.subarray(0, 14_000),
  validation: indices.subarray(14_000, 17_000),
  test: indices.subarray(17_000),
  resume: null,
}
const job = (batchSize: number, seed: number): TrainingJob => ({
  ...data,
  variant: 'embedding',
  recipe: { ...recipes.default, batchSize, epochs: EPOCHS },
  seed,
})

/** Seconds from the first call to the end of the last. */
async function wall(work: () => Promise<TrainingResult[]>): Promise<{ seconds: number; digests: string[] }> {
  const began = performance.now()
  const results = await work()
  return { seconds: (performance.now() - began) / 1000, digests: results.map(({ model }) => digestTensors(model.tensors)) }
}

console.log(JSON.stringify({ machine: describeMachine(), load: load() }))
const whole = await startBenchEngine()
const halves = await Promise.all([
  startBenchEngine([], { ...process.env, ...ONE_THREAD }),
  startBenchEngine([], { ...process.env, ...ONE_THREAD }),
])
const train = ({ calls }: BenchEngine, batchSize: number, seed: number) => calls.models.train(job(batchSize, seed))
for (const batchSize of [64, 128, 512]) {
  const oneAfterAnother = () => wall(async () => [await train(whole, batchSize, 1), await train(whole, batchSize, 2)])
  const atOnce = () => wall(() => Promise.all(halves.map((engine, i) => train(engine, batchSize, i + 1))))
  /** The first was begun alone, with all cores. */
  const joined = () => wall(() => Promise.all([whole, halves[0]].map((engine, i) => train(engine, batchSize, i + 1))))
  await Promise.all([oneAfterAnother(), atOnce()])
  const { one, two, late } = await alternate(rounds, { one: oneAfterAnother, two: atOnce, late: joined })
  const seconds = (results: { seconds: number }[]) => results.map((result) => result.seconds)
  console.log(
    JSON.stringify({
      batchSize,
      oneAfterAnother: median(seconds(one)).toFixed(2),
      atOnce: median(seconds(two)).toFixed(2),
      timesAsFast: medianRatio(seconds(one), seconds(two)).toFixed(2),
      joined: median(seconds(late)).toFixed(2),
      joinedTimesAsFast: medianRatio(seconds(one), seconds(late)).toFixed(2),
      rounds: {
        one: seconds(one).map((s) => s.toFixed(2)),
        two: seconds(two).map((s) => s.toFixed(2)),
        late: seconds(late).map((s) => s.toFixed(2)),
      },
      sameBytes: new Set([...one, ...two, ...late].map(({ digests }) => digests.join())).size === 1,
      load: load(),
    }),
  )
}
for (const engine of [whole, ...halves]) engine.stop()
process.exit()
