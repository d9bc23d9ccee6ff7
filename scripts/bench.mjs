import './requireNode20.mjs'
import { node24, withNode24 } from './setup/node24.mjs'
import { inProject } from './setup/paths.mjs'
import { runInForeground } from './setup/runInForeground.mjs'
import { runScript, setUp } from './setup/setUp.mjs'

/** `npm run bench`: the measurements, set up first. */
await runScript(async () => {
  await setUp('cli')
  return runInForeground(node24(), [inProject('bench', 'index.ts'), ...process.argv.slice(2)], { cwd: inProject(), env: withNode24() })
})
