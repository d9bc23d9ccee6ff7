import { Command, InvalidArgumentError } from 'commander'
import { join } from 'node:path'
import { defaultWorkspace } from '../files/defaultWorkspace.ts'

const GIB = 2 ** 30

export interface ServeOptions {
  readonly workspace: string
  /** 0 to have a free one found. */
  readonly port: number
  readonly open: boolean
  /** Bytes a file; as Settings say where it is not given. */
  readonly uploadLimit?: number
  /** The built page's folder. */
  readonly page: string
}

/**
 * What the command line of the browser face asks for. On wrong use it says what is wrong, and ends the process with 2.
 *
 * @param args without the program itself
 * @param built the folder that the build wrote: `out`
 */
export function readServeOptions(args: readonly string[], built: string): ServeOptions {
  const command = new Command('serve')
    .description('Serves the workbench to a browser on this machine, and to nobody else.')
    .option('--workspace <folder>', 'where data and runs are kept', defaultWorkspace())
    .option('--port <number>', 'the port to serve on; a free one is found where none is named', port, 0)
    .option('--open', 'open the page in your browser', false)
    .option('--upload-limit <GiB>', 'the largest file to take; as Settings say where not given', gibibytes)
    .option('--page <folder>', 'the built page', join(built, 'renderer'))
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  return command.parse(args, { from: 'user' }).opts<ServeOptions>()
}

function port(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > 65_535) throw new InvalidArgumentError('A port is a number from 1 to 65535.')
  return value
}

function gibibytes(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value > 0)) throw new InvalidArgumentError('A number above 0 is needed, such as 5 or 0.5.')
  return value * GIB
}
