import './requireNode20.mjs'
import { parseArgs } from 'node:util'
import { say } from './setup/say.mjs'
import { runScript, setUp } from './setup/setUp.mjs'

/** `node scripts/setup.mjs [--for start|cli|engine|test]`: sets up and does nothing else. */
await runScript(async () => {
  const { values } = parseArgs({ options: { for: { type: 'string', default: 'start' } } })
  const purpose = values.for
  if (purpose !== 'start' && purpose !== 'cli' && purpose !== 'engine' && purpose !== 'test') {
    say(`--for ${purpose} is unknown; it may be start, cli, engine or test.`)
    return 2
  }
  const problems = await setUp(purpose)
  if (problems.length === 0) say('Everything is in place.')
  return purpose === 'test' && problems.length > 0 ? 1 : 0
})
