import type { Locator } from '@playwright/test'
import { commandLineJson } from './support/commandLine.ts'
import { library } from './support/fixtures.ts'
import { expectRunState } from './support/journey.ts'
import { startWorkbench } from './support/runningWorkbench.ts'
import { tabTo } from './support/tabTo.ts'
import { expect, test } from './support/test.ts'

test('training, comparing and scoring by keyboard alone', async ({ page, workspace }) => {
  const activities = Object.entries(library.activities).flatMap(([cellType, file]) => ['--activity', `${cellType}=${file}`])
  await commandLineJson('import', '--workspace', workspace, '--name', 'Joint library', '--fasta', library.fasta, ...activities)
  const workbench = await startWorkbench(workspace)
  const place = (name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name })
  const press = async (target: Locator, key = 'Enter') => {
    await tabTo(page, target)
    await page.keyboard.press(key)
  }
  try {
    await page.goto(workbench.address)
    await press(place('Experiments'))
    await press(page.getByRole('link', { name: 'New experiment' }).first())
    await press(page.getByRole('checkbox', { name: /^attention / }), 'Space')
    await press(page.getByRole('checkbox', { name: /^full / }), 'Space')
    await tabTo(page, page.getByLabel('Epochs'))
    await page.keyboard.press('Control+A')
    await page.keyboard.type('2')
    await press(page.getByRole('button', { name: 'Start training' }))
    await expectRunState(page, 1, 'Completed')
    await expectRunState(page, 2, 'Completed')
    await expect(page.getByRole('link', { name: 'Run 3', exact: true })).toHaveCount(0)

    await press(place('Compare'))
    await tabTo(page, page.getByRole('radio', { name: 'Pearson r' }))
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('table', { name: 'Spearman ρ by variant and cell type' })).toBeVisible()

    await press(place('Scan'))
    await tabTo(page, page.getByLabel('Or paste sequences'))
    await page.keyboard.type('>enh_1\nACGTGATTACAGGCATGCCATTACA\n')
    await press(page.getByRole('button', { name: 'Check pasted sequences' }))
    await press(page.getByRole('button', { name: 'Score', exact: true }))
    await expect(page.getByText(/^1 sequence .* scored/)).toBeVisible()
  } finally {
    await workbench.crash()
  }
})
