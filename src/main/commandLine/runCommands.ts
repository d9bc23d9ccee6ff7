import type { AddCommand, CommonOptions } from './command.ts'
import { listRuns } from './lists.ts'
import { idList, wholeNumber } from './options.ts'
import { continueQueue, moveInQueue, pauseQueue, showQueue, stopRun, type MoveOptions } from './queueOfRuns.ts'
import { showDifferences } from './runDifferences.ts'
import { annotateRun, binRuns, purgeRuns, restoreRuns, type AnnotateRunOptions, type OfRuns } from './shelveRuns.ts'

/** The commands about runs that are there already, and about the queue of those that wait. */
export function addRunCommands(add: AddCommand): void {
  add<CommonOptions & { dataset?: string; binned?: true }>('runs', 'Lists the runs, newest first.', listRuns)
    .option('--dataset <name>', 'only those on this dataset')
    .option('--binned', 'those in the bin instead')
  const ofRun = ['--run <id>', 'number of the run', wholeNumber(1)] as const
  const ofRuns = ['--runs <id,id>', 'numbers of the runs; all or none', idList] as const
  add<AnnotateRunOptions>('annotate-run', 'Changes the name, notes, tags or star of a run.', annotateRun)
    .requiredOption(...ofRun)
    .option('--rename <name>', 'a name; empty for none')
    .option('--notes <text>', 'notes, in place of those there are')
    .option('--tags <a,b>', 'tags, in place of those there are')
    .option('--star', 'star it')
    .option('--no-star', 'take the star away')
  add<OfRuns>('bin-runs', 'Puts runs into the bin: they are not listed or compared any more.', binRuns).requiredOption(...ofRuns)
  add<OfRuns>('restore-runs', 'Takes runs out of the bin.', restoreRuns).requiredOption(...ofRuns)
  add<OfRuns>('purge-runs', 'Deletes runs in the bin for good.', purgeRuns).requiredOption(...ofRuns)
  add<OfRuns>('differences', 'Says what differs between two runs.', showDifferences).requiredOption(
    '--runs <id,id>',
    'their numbers',
    idList,
  )
  add('queue', 'Lists the runs that wait, in the order in which they start.', showQueue)
  add('pause', 'Pauses the queue: nothing trains until it is continued.', pauseQueue)
  add('continue', 'Ends a pause, trains the runs that wait, and waits for them.', continueQueue)
  add<MoveOptions>('move', 'Moves a run within the queue.', moveInQueue)
    .requiredOption(...ofRun)
    .option('--before <id>', 'number of the waiting run to put it before; last where not given', wholeNumber(1))
  add<CommonOptions & { run: number }>('stop', 'Takes a run that waits out of the queue.', stopRun).requiredOption(...ofRun)
}
