import type { EngineCheck, EngineName, EngineReport } from '../../shared/domain/engine.ts'
import { engineNames } from '../../shared/domain/engine.ts'
import { engineTitles, gpuEngines, passedOver, rankOf, SOFTWARE_GPU, whyNotUsed, whyUsed } from '../../shared/domain/engineChoice.ts'
import { engineContract } from '../../shared/contract/engine.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { connect } from '../../shared/rpc/client.ts'
import type { EngineProcess, StartEngine } from './engineProcess.ts'
import { explainCuda } from './explainCuda.ts'
import { usableCuda, type Machine } from './machine.ts'

/** How far a check is: `done` of `total` engines, and which one is tried now. */
export type OnEngine = (title: string, done: number, total: number) => void

export interface CheckOptions {
  readonly startEngine: StartEngine
  readonly machine: Machine
  readonly onEngine: OnEngine
  /** Milliseconds after which an engine that is tried is given up. */
  readonly limit: number
  readonly signal: AbortSignal
}

interface Tried {
  readonly report: EngineReport
  readonly versions: Readonly<Record<string, string>>
}

/**
 * Tries every engine in a process of its own, so that a driver that fails takes nothing along, and tells which one is used
 * and why. TensorFlow is tried with CUDA's libraries, too, where they are installed and a GPU for them is reported.
 */
export async function checkEngines(options: CheckOptions): Promise<EngineCheck> {
  const { machine, onEngine, signal } = options
  const cudaLibraries = await usableCuda(machine)
  const trials = [
    ...(cudaLibraries.length > 0 ? [{ name: 'tensorflow' as const, libraries: cudaLibraries }] : []),
    ...engineNames.map((name) => ({ name, libraries: [] })),
  ]
  const tried: Tried[] = []
  for (const { name, libraries } of trials) {
    if (signal.aborted) throw new WorkbenchError('cancelled', 'Stopped.')
    onEngine(libraries.length > 0 ? `${engineTitles[name]} on CUDA` : engineTitles[name], tried.length, trials.length)
    tried.push(await tryEngine(options, name, libraries))
  }
  const { state, bytes } = machine.cuda()
  const versions = Object.assign({ node: process.versions.node }, ...tried.map((each) => each.versions)) as Record<string, string>
  return { ...explain(tried.map(({ report }) => report)), gpus: await machine.gpus(), cuda: { state, bytes }, versions }
}

/** Which engine is used, and the reason beside each. */
export function explain(reports: readonly EngineReport[]): Pick<EngineCheck, 'chosen' | 'engines'> {
  const working = reports.filter(({ works }) => works).sort((a, b) => rankOf(a) - rankOf(b))
  const [best] = working
  if (!best) return { chosen: null, engines: [...reports] }
  const failed = reports.filter(({ works }) => !works)
  const couldBeBetter = ({ name }: EngineReport) => rankOf({ name, onGpu: gpuEngines.includes(name) }) < rankOf(best)
  const reasons = failed.filter(couldBeBetter).map(({ name, reason }) => passedOver(name, reason))
  const software = working.find(({ name, onGpu }) => name === 'webgpu' && !onGpu)
  if (software && software !== best && !best.onGpu) reasons.push(passedOver('webgpu', SOFTWARE_GPU))
  // What works and yet has a reason uses less than it has.
  const fellBack = ({ name, reason }: EngineReport) => (reason ? [passedOver(name, reason)] : [])
  const reasoned = working.map((report) => ({
    ...report,
    reason: report === best ? whyUsed(best, [...reasons, ...fellBack(best)]) : [...fellBack(report), whyNotUsed(report, best)].join(' '),
  }))
  return { chosen: best.name, engines: [...reasoned, ...failed] }
}

async function tryEngine({ startEngine, limit, signal }: CheckOptions, name: EngineName, libraries: readonly string[]): Promise<Tried> {
  const process = startEngine(libraries)
  const overdue = AbortSignal.timeout(limit)
  const end = () => process.kill()
  for (const each of [signal, overdue]) each.addEventListener('abort', end, { once: true })
  const ended = process.ended.then((how) => failed(name, `It ended its process: ${overdue.aborted ? 'it took too long' : how}.`))
  try {
    const tried = await Promise.race([ask(process, name), ended])
    if (libraries.length === 0 || tried.report.onGpu) return tried
    const reason = explainCuda(process.printed()) ?? (tried.report.works ? 'It found no GPU.' : tried.report.reason)
    return { ...tried, report: { ...tried.report, device: 'CUDA', works: false, rowsPerSecond: null, reason } }
  } finally {
    for (const each of [signal, overdue]) each.removeEventListener('abort', end)
    process.kill()
  }
}

async function ask(process: EngineProcess, name: EngineName): Promise<Tried> {
  try {
    return await connect(engineContract, process.channel).calls.engine.check({ engine: name })
  } catch (fault) {
    // The channel of a process that ends closes before its end is known, which tells more.
    if (!(fault instanceof WorkbenchError) || fault.code !== 'unavailable') throw fault
    process.kill()
    return new Promise(() => {})
  }
}

function failed(name: EngineName, reason: string): Tried {
  return { report: { name, device: '', onGpu: false, works: false, difference: null, rowsPerSecond: null, reason }, versions: {} }
}
