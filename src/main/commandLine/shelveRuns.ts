import { countOf, formatBytes } from '../../shared/text/numbers.ts'
import { WrongUse, type CommandContext, type CommandResult, type CommonOptions } from './command.ts'
import { tagsOf } from './tagsOf.ts'

export interface OfRuns extends CommonOptions {
  readonly runs: readonly number[]
}

export interface AnnotateRunOptions extends CommonOptions {
  readonly run: number
  readonly rename?: string
  readonly notes?: string
  readonly tags?: string
  readonly star?: boolean
}

/** Changes what is said of a run: its name, notes, tags and star. */
export function annotateRun({ withWorkbench }: CommandContext, options: AnnotateRunOptions): Promise<CommandResult> {
  const { run: id, notes, tags, star, rename } = options
  if (notes === undefined && tags === undefined && star === undefined && rename === undefined)
    throw new WrongUse('Say what to change: --rename, --notes, --tags, --star or --no-star.')
  return withWorkbench(options.workspace, 'write', async ({ calls }) => {
    const run = await calls.experiments.annotate({
      id,
      ...(rename !== undefined && { name: rename }),
      ...(notes !== undefined && { notes }),
      ...(tags !== undefined && { tags: tagsOf(tags) }),
      ...(star !== undefined && { starred: star }),
    })
    const title = [`Run ${id}`, run.name, run.starred ? '★' : ''].filter(Boolean).join(' ')
    return { json: { run }, text: `${title}\n${run.tags.join(', ')}\n${run.notes}\n` }
  })
}

/** Puts runs into the bin, all or none. */
export function binRuns({ withWorkbench }: CommandContext, { workspace, runs }: OfRuns): Promise<CommandResult> {
  return withWorkbench(workspace, 'write', async ({ calls }) => {
    await calls.experiments.bin({ ids: [...runs] })
    const text = `${countOf(runs.length, 'run')} in the bin. restore-runs takes them out again, purge-runs deletes them for good.\n`
    return { json: { runs }, text }
  })
}

/** Takes runs out of the bin. */
export function restoreRuns({ withWorkbench }: CommandContext, { workspace, runs }: OfRuns): Promise<CommandResult> {
  return withWorkbench(workspace, 'write', async ({ calls }) => {
    await calls.experiments.restore({ ids: [...runs] })
    return { json: { runs }, text: `${countOf(runs.length, 'run')} back in the list.\n` }
  })
}

/** Deletes runs in the bin for good, all or none. */
export function purgeRuns({ withWorkbench }: CommandContext, { workspace, runs }: OfRuns): Promise<CommandResult> {
  return withWorkbench(workspace, 'write', async ({ calls }) => {
    const { bytes } = await calls.experiments.purge({ ids: [...runs] })
    const text = `${countOf(runs.length, 'run')} deleted; ${formatBytes(bytes)} free in the workspace.\n`
    return { json: { runs, bytes }, text }
  })
}
