import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { node24, withNode24 } from './node24.mjs'
import { inProject } from './paths.mjs'
import { lastLines, runProcess } from './runProcess.mjs'
import { say } from './say.mjs'
import { SetupProblem } from './setupProblem.mjs'

const sources = [
  'src',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'tsconfig.web.json',
]
const out = inProject('out')
const stamp = path.join(out, 'built-from')

/** @param {string} source */
const filesOf = (source) => {
  if (!existsSync(inProject(source))) return []
  const inside = readdirSync(inProject(source), { recursive: true }).map((name) => inProject(source, String(name)))
  return inside.filter((file) => statSync(file).isFile())
}

/** One hash of everything the build depends on. Of the content, not of dates, which a checkout or a copy changes: reading it all takes milliseconds. */
const hashOfSources = () => {
  const hash = createHash('sha256')
  const files = sources.flatMap((source) => (path.extname(source) === '' ? filesOf(source) : [inProject(source)]))
  for (const file of files.sort()) hash.update(path.relative(out, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/**
 * The app, built from src into out/. It is built beside and takes its place by rename, so out/ is always one whole build.
 * @type {import('./step.mjs').Step}
 */
export const app = {
  isDone: () => existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOfSources(),

  run: async () => {
    say('Building the workbench.')
    const [fresh, former] = ['.out-new', '.out-old']
    for (const left of [fresh, former]) rmSync(inProject(left), { recursive: true, force: true })
    const builtFrom = hashOfSources()
    const { code, output } = await runProcess(
      node24(),
      [inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'],
      {
        cwd: inProject(),
        env: { ...withNode24(), WORKBENCH_OUT: fresh },
      },
    )
    if (code !== 0)
      throw new SetupProblem(
        `The workbench could not be built. The build said:\n${lastLines(output, 20)}`,
        'A file under src/ was changed so that it no longer fits the others.',
      )
    writeFileSync(inProject(fresh, path.basename(stamp)), builtFrom)
    if (existsSync(out)) renameSync(out, inProject(former))
    renameSync(inProject(fresh), out)
    rmSync(inProject(former), { recursive: true, force: true })
  },
}
