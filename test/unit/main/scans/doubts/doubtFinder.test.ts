import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../../../../src/main/db/openDatabase.ts'
import { readAllElements } from '../../../../../src/main/db/datasets.ts'
import { makeWorkspace, openSmall, shortRecipe, type OpenedWorkbench } from '../../support/smallWorkspace.ts'

let workspace: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench
beforeAll(async () => {
  workspace = makeWorkspace()
  opened = await openSmall(workspace.folder)
})
afterAll(async () => {
  await opened.workbench.close()
  workspace.remove()
})

it('finds at the next opening what was not found before', async () => {
  const [run] = await opened.calls.experiments.launch({
    dataset: workspace.dataset,
    split: { kind: 'group', seed: 1 },
    variants: ['embedding'],
    recipe: shortRecipe,
    seeds: [1],
  })
  await opened.until(run!.id, 'completed')
  await opened.workbench.close()

  const database = openDatabase(workspace.folder)
  const { names, sequences } = readAllElements(database, workspace.dataset)
  database.close()
  const text = names.map((name, i) => `>${name}\n${sequences[i]}\n`).join('')
  opened = await openSmall(workspace.folder)
  const completed = new Promise<number>((resolve) =>
    opened.on('scans.changed', ({ id, state, assessed, scored }) => state === 'completed' && assessed === scored && resolve(id)),
  )
  await opened.calls.scans.start({ models: [{ run: run!.id }], source: { kind: 'text', text, name: 'x.fa' }, name: 'x' })
  const id = await completed
  const before = await opened.calls.scans.scores({ id, offset: 0, limit: 10_000 })
  expect(before.scores.some(({ flags }) => flags.includes('seen'))).toBe(true)
  expect(before.scores.some(({ flags }) => !flags.includes('seen'))).toBe(true)
  await opened.workbench.close()

  const left = openDatabase(workspace.folder)
  left.prepare('DELETE FROM scan_doubts').run()
  left.prepare('UPDATE scans SET assessed = 0').run()
  left.close()
  opened = await openSmall(workspace.folder)
  await expect.poll(async () => (await opened.calls.scans.get({ id })).assessed, { timeout: 20_000 }).toBe(names.length)
  expect(await opened.calls.scans.scores({ id, offset: 0, limit: 10_000 })).toEqual(before)
})
