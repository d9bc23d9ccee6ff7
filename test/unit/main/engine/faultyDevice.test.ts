import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forkEngine } from '../../../../src/main/engine/forkEngine.ts'
import { silentLog } from '../../../../src/main/logging/log.ts'
import { longRecipe, makeWorkspace, openSmall, type OpenedWorkbench } from '../support/smallWorkspace.ts'

const entry = join(import.meta.dirname, 'fixtures', 'faultyEngine.ts')

let workspace: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench
beforeEach(() => (workspace = makeWorkspace()))
afterEach(async () => {
  await opened.workbench.close()
  workspace.remove()
})

async function launch(fault: string) {
  const env = { ...process.env, FAULT: fault, FAULT_MARK: join(workspace.folder, 'failed') }
  opened = await openSmall(workspace.folder, { startEngine: forkEngine(entry, silentLog, env) })
  const [run] = await opened.calls.experiments.launch({
    dataset: workspace.dataset,
    split: { kind: 'group', seed: 1 },
    variants: ['baseline'],
    recipe: { ...longRecipe, epochs: 20 },
    seeds: [1],
  })
  return run!.id
}

describe('a run on a device that fails', () => {
  it('goes on with smaller batches where the memory is too small, and says so for good', async () => {
    const id = await launch('memory')
    const run = await opened.until(id, 'completed', 'failed', 'interrupted')
    expect(run).toMatchObject({ state: 'completed', epochs: 20 })
    expect(run.message).toBe(
      'The memory of the device is too small for batches of 32 sequences, so from epoch 1 on they have 16. ' +
        'The results are as good as any with batches of that size, but not the same to the last digit as with 32.',
    )
  })

  it('is interrupted where the device is lost, keeps its checkpoint, and goes on when resumed', async () => {
    const id = await launch('lost')
    const run = await opened.until(id, 'completed', 'failed', 'interrupted')
    expect(run.state).toBe('interrupted')
    expect(run.epochs).toBeGreaterThan(0)
    expect(run.message).toBe(
      'The GPU was lost in the middle of its work: its driver says “CUDA_ERROR_ILLEGAL_ADDRESS”. ' +
        'That happens when its driver is reset or renewed, when it overheats, or when it is unplugged. ' +
        `Epochs 1 to ${run.epochs} are kept; resume goes on from there.`,
    )
    await opened.calls.experiments.resume({ id })
    expect(await opened.until(id, 'completed', 'failed')).toMatchObject({ state: 'completed', epochs: 20, message: null })
  })
})
