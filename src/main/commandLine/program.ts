import { Command, CommanderError } from 'commander'
import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import { defaultWorkspace } from '../files/defaultWorkspace.ts'
import { checkEngine } from './checkEngine.ts'
import { type CommandContext, type CommandResult, type CommonOptions, WrongUse } from './command.ts'
import { addComparisonCommands } from './comparisonCommands.ts'
import { addDatasetCommands } from './datasetCommands.ts'
import { migrateWorkspace } from './migrateWorkspace.ts'
import { addModelCommands } from './modelCommands.ts'
import { addRunCommands } from './runCommands.ts'
import { addScanCommands } from './scanCommands.ts'
import { addTrainingCommands } from './trainingCommands.ts'

const DONE = 0
const FAILED = 1
const WRONG_USE = 2

/**
 * Runs a command line and returns its exit code: 0 done, 1 failed, 2 wrong use. With `--json` exactly one JSON document goes
 * to the terminal's `out`, that of an error included.
 *
 * @param args without the program itself
 */
export async function runCommandLine(args: readonly string[], context: CommandContext): Promise<number> {
  const { terminal } = context
  const wantsJson = args.includes('--json')
  let code = DONE
  const finish = ({ json, text, failure }: CommandResult) => {
    terminal.out(wantsJson ? `${JSON.stringify({ ...json, ...(failure && { error: errorOf(failure) }) }, null, 2)}\n` : text)
    if (!failure) return
    code = FAILED
    terminal.err(sentenceOf(failure))
  }
  try {
    await program(context, finish).parseAsync(args, { from: 'user' })
    return code
  } catch (fault) {
    if (fault instanceof CommanderError && fault.exitCode === 0) return DONE
    const wrongUse = fault instanceof CommanderError || fault instanceof WrongUse
    // Commander has written its own message by now.
    if (!(fault instanceof CommanderError)) terminal.err(sentenceOf(fault))
    if (wantsJson) terminal.out(`${JSON.stringify({ error: errorOf(fault) }, null, 2)}\n`)
    return wrongUse ? WRONG_USE : FAILED
  }
}

function program(context: CommandContext, finish: (result: CommandResult) => void): Command {
  const root = new Command('enhancer-workbench')
    .description('Trains and compares models of enhancer activity on MPRA data, and scores sequences with them.')
    .configureOutput({ writeOut: context.terminal.out, writeErr: context.terminal.err })
    .exitOverride()
    .showHelpAfterError('(add --help to see how it is used)')
    .enablePositionalOptions()

  const add = <O extends CommonOptions>(
    name: string,
    description: string,
    work: (context: CommandContext, options: O, argument: string) => Promise<CommandResult>,
  ): Command =>
    root
      .command(name)
      .description(description)
      .allowExcessArguments(false)
      .option('--workspace <folder>', 'the folder that holds data, runs and models', defaultWorkspace())
      .option('--json', 'write one JSON document instead of text')
      // What stands before the options are the command's arguments, where it has any.
      .action(async (...given: unknown[]) => finish(await work(context, given.at(-2) as O, given[0] as string)))

  root.commandsGroup('Data:')
  addDatasetCommands(add)
  root.commandsGroup('Training:')
  addTrainingCommands(add)
  root.commandsGroup('Runs:')
  addRunCommands(add)
  root.commandsGroup('Comparing:')
  addComparisonCommands(add)
  root.commandsGroup('Scoring:')
  addScanCommands(add)
  addModelCommands(add)
  root.commandsGroup('This workbench:')
  add('engine', 'Tries every engine on this machine and says which one is used, and why.', checkEngine)
  add('migrate', 'Brings a workspace of an earlier version up to date, after a copy.', migrateWorkspace)
  return root
}

function errorOf(fault: unknown): object {
  if (fault instanceof WorkbenchError) return { code: fault.code, message: fault.message, ...fault.details }
  if (fault instanceof CommanderError) return { code: 'invalid-input', message: fault.message.replace(/^error: /, '') }
  return { code: fault instanceof WrongUse ? 'invalid-input' : 'internal', message: messageOf(fault) }
}

function sentenceOf(fault: unknown): string {
  const hint = fault instanceof WorkbenchError ? fault.details.hint : undefined
  return `${[messageOf(fault), hint].filter(Boolean).join(' ')}\n`
}
