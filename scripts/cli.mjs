import './requireNode20.mjs'
import { node24, withNode24 } from './setup/node24.mjs'
import { SMALL_YOUNG_GENERATION } from './setup/memory.mjs'
import { inProject } from './setup/paths.mjs'
import { runInForeground } from './setup/runInForeground.mjs'
import { runScript, setUp } from './setup/setUp.mjs'

/** `npm run -s cli -- COMMAND`: the command line, set up first. Standard output is the command's own. */
await runScript(async () => {
  await setUp('cli')
  // npm moves to the project's folder; the paths that a user names are meant from where they stand.
  const cwd = process.env['npm_lifecycle_event'] === 'cli' ? process.env['INIT_CWD'] : undefined
  return runInForeground(node24(), [SMALL_YOUNG_GENERATION, inProject('out', 'main', 'cli.js'), ...process.argv.slice(2)], {
    env: withNode24(),
    ...(cwd && { cwd }),
  })
})
