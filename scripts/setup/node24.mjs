import { existsSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { inProject } from './paths.mjs'
import { SetupProblem } from './setupProblem.mjs'

/** The first Node whose Node-API carries better-sqlite3's prebuilt binary; it also runs TypeScript as it is. */
const needed = 24

const onWindows = process.platform === 'win32'

/** The locked Node's executable, where npm has one for this platform. */
const locked = inProject(
  'node_modules',
  `node-${onWindows ? 'win' : process.platform}-${process.arch}`,
  'bin',
  onWindows ? 'node.exe' : 'node',
)

/** Where npm scripts find it before the machine's own. */
const onPathOfScripts = inProject('node_modules', '.bin', 'node')

/** Whether npm scripts find the locked Node, if there is one. */
export const isNode24Linked = () => onWindows || !existsSync(locked) || existsSync(onPathOfScripts)

/** npm 10 removes the link together with those of the other platforms' Nodes, which have the same name; this puts it back. */
export const linkNode24 = () => {
  if (isNode24Linked()) return
  rmSync(onPathOfScripts, { force: true })
  symlinkSync(path.relative(path.dirname(onPathOfScripts), locked), onPathOfScripts)
}

/**
 * The Node that runs the workbench: the locked one of node_modules, else (where npm has none for this platform) the one in use, if it is new enough.
 * @returns {string} path of the executable
 * @throws {SetupProblem} where neither is to be had
 */
export const node24 = () => {
  if (existsSync(locked)) return locked
  if (Number.parseInt(process.versions.node, 10) >= needed) return process.execPath
  throw new SetupProblem(
    `The workbench runs on Node ${needed}; this is Node ${process.versions.node}, and the packages hold none for ${process.platform} ${process.arch}.`,
    `Install Node ${needed} from nodejs.org, then start again.`,
  )
}

/** The environment of a child: Node 24 first on the path, so that whatever it starts finds the same one. */
export const withNode24 = () => ({
  ...process.env,
  PATH: [path.dirname(node24()), inProject('node_modules', '.bin'), process.env['PATH']].join(path.delimiter),
})
