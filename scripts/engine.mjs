import './requireNode20.mjs'
import { parseArgs } from 'node:util'
import { cudaAsked } from './setup/cudaAsked.mjs'
import { cudaFolder, cudaRuntime } from './setup/cudaRuntime.mjs'
import { lockedCuda } from './setup/engineLock.mjs'
import { oneAtATime } from './setup/oneAtATime.mjs'
import { inProject } from './setup/paths.mjs'
import { say } from './setup/say.mjs'
import { runScript, setUp } from './setup/setUp.mjs'

/**
 * `npm run engine [-- --cuda [--yes] [--progress]]`: sets the engine up; with `--cuda` TensorFlow's build for NVIDIA GPUs, too, beside
 * the one for processors. `--yes` does not ask; `--progress` writes how far it is to standard output, a JSON object a line.
 */
await runScript(async () => {
  const boolean = /** @type {const} */ ({ type: 'boolean', default: false })
  const { values } = parseArgs({ options: { cuda: boolean, yes: boolean, progress: boolean } })
  await setUp('engine')
  if (!values.cuda) {
    say('Everything is in place.')
    return 0
  }
  const locked = lockedCuda()
  if ('none' in locked) {
    say(locked.none)
    return 1
  }
  const runtime = cudaRuntime(locked, cudaFolder)
  if (!runtime.isDone()) {
    if (!values.yes && !(await cudaAsked(runtime))) return 1
    const tell = values.progress ? (/** @type {object} */ progress) => process.stdout.write(`${JSON.stringify(progress)}\n`) : () => {}
    await oneAtATime(inProject('runtime', '.setting-up'), () => runtime.run(tell))
  }
  say('TensorFlow for NVIDIA GPUs is in place. Check the engine in Settings, or by: npm run -s cli -- engine')
  return 0
})
