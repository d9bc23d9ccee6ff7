import { libraryFiles } from './support/fixtures.ts'
import { expectRunState, importDataset, launch, runCell, runRow } from './support/journey.ts'
import { startWorkbench } from './support/runningWorkbench.ts'
import { expect, test } from './support/test.ts'

test('after a crash in the middle of a run nothing else is lost, and the run can go on', async ({ page, workspace }) => {
  const before = await startWorkbench(workspace)
  await page.goto(before.address)
  await importDataset(page, 'Joint library', libraryFiles)
  await launch(page, { variants: ['baseline'], recipe: 'seed', epochs: 2 })
  await expectRunState(page, 1, 'Completed')
  const result = await (await runCell(page, 1, 'Test Pearson')).innerText()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Datasets' }).click()
  await page.getByRole('link', { name: 'Joint library' }).click()
  // Two may train at once; the third waits.
  await launch(page, { variants: ['embedding', 'full', 'attention'], recipe: 'seed', epochs: 150 })
  await expect(runRow(page, 2)).toContainText(/[1-9]\d* of 150/)
  await before.crash()
  await expect(page.getByText(/connection/i).first()).toBeVisible()

  const after = await startWorkbench(workspace)
  try {
    await page.goto(after.address)
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Experiments' }).click()
    await expectRunState(page, 2, 'Interrupted')
    await expectRunState(page, 1, 'Completed')
    await expect(await runCell(page, 1, 'Test Pearson')).toHaveText(result)
    // What was queued behind it is still queued, and is trained.
    await page.getByRole('button', { name: 'Resume run 2' }).click()
    await expectRunState(page, 4, 'Completed')
    await expectRunState(page, 2, 'Completed')
    await expect(runRow(page, 2)).toContainText('150 of 150')
  } finally {
    await after.crash()
  }
})
