import type { Annotation } from '../../shared/domain/shelf.ts'
import type { WorkbenchClient } from '../../shared/contract/workbench.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { WrongUse, type CommandContext, type CommandResult, type CommonOptions } from './command.ts'
import { findDataset } from './findDataset.ts'
import { tagsOf } from './tagsOf.ts'
import { progressLine } from './terminal.ts'

interface OfDataset extends CommonOptions {
  readonly dataset: string
}

export interface AnnotateOptions extends OfDataset {
  readonly notes?: string
  readonly tags?: string
  readonly star?: boolean
  readonly rename?: string
}

/** Changes what is said of a dataset: its name, notes, tags and star. */
export function annotateDataset({ withWorkbench }: CommandContext, options: AnnotateOptions): Promise<CommandResult> {
  const { notes, tags, star, rename } = options
  if (notes === undefined && tags === undefined && star === undefined && rename === undefined)
    throw new WrongUse('Say what to change: --rename, --notes, --tags, --star or --no-star.')
  const annotation: Annotation = {
    ...(notes !== undefined && { notes }),
    ...(tags !== undefined && { tags: tagsOf(tags) }),
    ...(star !== undefined && { starred: star }),
  }
  return withWorkbench(options.workspace, 'write', async ({ calls }) => {
    const { id } = await findDataset(calls, options.dataset)
    if (rename !== undefined) await calls.datasets.rename({ id, name: rename })
    const dataset = await calls.datasets.annotate({ id, ...annotation })
    return { json: { dataset }, text: `${dataset.name}${dataset.starred ? ' ★' : ''}\n${dataset.tags.join(', ')}\n${dataset.notes}\n` }
  })
}

/** Puts a dataset into the bin. */
export function binDataset({ withWorkbench }: CommandContext, { workspace, dataset }: OfDataset): Promise<CommandResult> {
  return withWorkbench(workspace, 'write', async ({ calls }) => {
    const { id, name } = await findDataset(calls, dataset)
    await calls.datasets.bin({ id })
    return { json: { dataset: id, name }, text: `${name} is in the bin. restore takes it out again, purge deletes it for good.\n` }
  })
}

/** Takes a dataset out of the bin. */
export function restoreDataset({ withWorkbench }: CommandContext, { workspace, dataset }: OfDataset): Promise<CommandResult> {
  return withWorkbench(workspace, 'write', async ({ calls }) => {
    const { id, name } = await findInBin(calls, dataset)
    await calls.datasets.restore({ id })
    return { json: { dataset: id, name }, text: `${name} is back.\n` }
  })
}

/** Deletes a dataset in the bin for good. */
export function purgeDataset({ withWorkbench }: CommandContext, { workspace, dataset }: OfDataset): Promise<CommandResult> {
  return withWorkbench(workspace, 'write', async ({ calls }) => {
    const { id, name } = await findInBin(calls, dataset)
    const { bytes } = await calls.datasets.purge({ id })
    return { json: { dataset: id, name, bytes }, text: `${name} is deleted; ${(bytes / 1e6).toFixed(1)} MB are free in the workspace.\n` }
  })
}

async function findInBin(calls: WorkbenchClient, named: string): Promise<{ id: number; name: string }> {
  const binned = [
    ...(await calls.datasets.list({ binned: true })),
    ...(await calls.datasets.damaged({})).filter((dataset) => dataset.binned),
  ]
  const found = binned.find(({ name }) => name === named) ?? binned.find(({ id }) => String(id) === named)
  if (found) return found
  const names = binned.map(({ name }) => name).join(', ')
  throw new WorkbenchError('not-found', `There is no dataset ${named} in the bin.`, {
    hint: names ? `There are: ${names}.` : 'The bin is empty.',
  })
}

export interface CombineOptions extends CommonOptions {
  readonly name: string
  readonly datasets: readonly string[]
  readonly elements: 'shared' | 'all'
  readonly sameCellType: 'apart' | 'pool'
}

/** Makes one dataset of several that share sequences. */
export function combineDatasets({ terminal, withWorkbench }: CommandContext, options: CombineOptions): Promise<CommandResult> {
  if (options.datasets.length < 2) throw new WrongUse('--datasets takes at least two.')
  const progress = progressLine(terminal)
  return withWorkbench(options.workspace, 'write', async ({ calls }) => {
    const parents: number[] = []
    for (const named of options.datasets) parents.push((await findDataset(calls, named)).id)
    const { elements, sameCellType, name } = options
    const review = await calls.datasets.reviewCombination({ parents, elements, sameCellType }, { signal: terminal.interrupted })
    const dataset = await calls.datasets.combine(
      { parents, elements, sameCellType, name },
      {
        signal: terminal.interrupted,
        onProgress: ({ stage, done, total }) => progress.show(stage, total ? ` ${Math.floor((100 * done) / total)} %` : ''),
      },
    )
    progress.end()
    const { shared, all, byName, bySequence, conflictingNames, sameCellTypes, missing } = review
    return {
      json: {
        dataset: dataset.id,
        name: dataset.name,
        elements: dataset.elements,
        rows: dataset.rows,
        cellTypes: dataset.cellTypes.map((cellType) => cellType.name),
        ...{ shared, all, byName, bySequence, missing, conflictingNames: conflictingNames.count, sameCellTypes },
      },
      text: `${dataset.name}: ${dataset.elements} elements, ${dataset.rows} rows; ${shared} of ${all} elements are shared, ${missing} values are missing.\n`,
    }
  })
}
