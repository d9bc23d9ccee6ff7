import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { commandLineJson } from './support/commandLine.ts'
import { fillRuns } from './support/fillRuns.ts'
import { library, libraryFiles } from './support/fixtures.ts'
import { expectRunState, importDataset, runRow } from './support/journey.ts'
import { startWorkbench } from './support/runningWorkbench.ts'
import { tabTo } from './support/tabTo.ts'
import { expect, expectAccessible, test } from './support/test.ts'

const runs = (page: Page) => page.getByRole('table', { name: 'Runs', exact: true })
const rows = (page: Page) =>
  runs(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })
const FILLED = 300

test('among hundreds of runs one is found, named, put beside another, thrown away and taken back', async ({ page, workspace }) => {
  const activities = Object.entries(library.activities).flatMap(([cellType, file]) => ['--activity', `${cellType}=${file}`])
  const { dataset } = await commandLineJson<{ dataset: number }>(
    'import', '--workspace', workspace, '--name', 'Joint library', '--fasta', library.fasta, ...activities,
  ) // prettier-ignore
  await commandLineJson(
    'train',
    '--workspace',
    workspace,
    '--dataset',
    String(dataset),
    '--variants',
    'baseline,embedding',
    '--epochs',
    '2',
  )
  const filled = fillRuns(workspace, { dataset, split: 1, count: FILLED })
  const all = FILLED + 2
  const workbench = await startWorkbench(workspace)
  try {
    await page.goto(workbench.address)
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Experiments' }).click()

    await test.step('the whole list is there, and only what is in sight is drawn', async () => {
      await expect(runs(page)).toHaveAttribute('aria-rowcount', String(all + 1))
      await expect(rows(page).first()).toContainText(`Run ${filled.at(-1)!}`)
      expect(await rows(page).count()).toBeLessThan(60)
      const toTheEnd = (frame: { scrollHeight: number; scrollTo(x: number, y: number): void }) => frame.scrollTo(0, frame.scrollHeight)
      await page.getByRole('group', { name: 'Runs', exact: true }).evaluate(toTheEnd)
      await expect(runRow(page, 1)).toBeVisible()
      await expect(runRow(page, 1)).toHaveAttribute('aria-rowindex', String(all + 1))
      await expectAccessible(page)
    })

    await test.step('it sorts, and the arrow keys go through it', async () => {
      const pearson = runs(page).getByRole('columnheader', { name: 'Test Pearson' })
      await pearson.getByRole('button').click()
      await expect(pearson).toHaveAttribute('aria-sort', 'descending')
      const shown = async () => (await rows(page).allInnerTexts()).map((text) => Number(/(−?0\.\d{3})/.exec(text)![1]))
      const best = (await shown()).slice(0, 10)
      expect(best).toEqual([...best].sort((a, b) => b - a))
      expect(best[0]).toBeGreaterThan(0.5)
      const links = rows(page).getByRole('link', { name: /^Run \d+$/ })
      await links.first().focus()
      for (let step = 0; step < 30; step++) await page.keyboard.press('ArrowDown')
      await expect(rows(page).and(page.locator('[aria-rowindex="32"]')).getByRole('link')).toBeFocused()
    })

    await test.step('it filters by words, state and tag', async () => {
      const count = page.getByText(new RegExp(`^\\d+ of ${all} runs$`))
      const find = page.getByRole('search', { name: 'Find runs' })
      await find.getByRole('textbox').fill('paper')
      await expect(count).toHaveText(`${FILLED / 10} of ${all} runs`)
      await find.getByRole('textbox').fill('paper nowhere')
      await expect(page.getByText('No run is like that.')).toBeVisible()
      await page.getByRole('button', { name: `Show all ${all}` }).click()
      await find.getByRole('combobox', { name: 'State' }).press('Enter')
      await page.getByRole('option', { name: 'Failed' }).click()
      await expect(rows(page).first()).toContainText('The loss is not a number')
      await find.getByRole('textbox').fill('seed 7')
      await expect(count).toBeVisible()
    })

    await test.step('columns that are chosen stay chosen', async () => {
      await page.getByRole('button', { name: 'Columns' }).click()
      await page.getByRole('checkbox', { name: 'Rows/s' }).check()
      await page.keyboard.press('Escape')
      await page.reload()
      await expect(runs(page).getByRole('columnheader', { name: 'Rows/s' })).toBeVisible()
      await expect(runs(page)).toHaveAttribute('aria-rowcount', String(all + 1))
    })

    await test.step('a run is named, starred and noted', async () => {
      await page.getByRole('search', { name: 'Find runs' }).getByRole('textbox').fill('run 1 joint')
      await page.goto(`${workbench.origin}/experiments/runs/1`)
      await page.getByRole('button', { name: 'More' }).click()
      await page.getByText('Rename', { exact: true }).click()
      await page.getByLabel('Run name').fill('The first')
      await page.getByRole('button', { name: 'Save name' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'The first · baseline' })).toBeVisible()
      await page.getByRole('button', { name: 'Star The first' }).click()
      await page.getByRole('button', { name: 'Add notes and tags' }).click()
      await page.getByRole('textbox', { name: 'Notes' }).fill('Two epochs, to see it work.')
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await expect(page.getByText('Two epochs, to see it work.')).toBeVisible()
      await expectAccessible(page)
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Experiments' }).click()
      // What is starred comes first.
      await expect(rows(page).first()).toContainText('The first')
    })

    await test.step('two runs stand beside each other', async () => {
      await page.getByRole('search', { name: 'Find runs' }).getByRole('textbox').fill('"epochs 2"')
      await expect(rows(page)).toHaveCount(2)
      await page.getByRole('checkbox', { name: 'Choose all runs shown' }).check()
      await page.getByRole('link', { name: 'Beside each other' }).click()
      await expect(page).toHaveURL(`${workbench.origin}/experiments/beside?runs=1,2`)
      const differing = page.getByRole('table', { name: 'What differs' })
      await expect(differing.getByRole('row', { name: /^Variant/ })).toContainText('baseline')
      await expect(differing.getByRole('row', { name: /^Seed/ })).toHaveCount(0)
      const measures = page.getByRole('table', { name: 'Measures of both by cell type' })
      await expect(measures.getByRole('row')).toHaveCount(library.cellTypes.length + 2)
      await expect(page.getByRole('img', { name: /^Losses of runs 1 and 2\. Lowest validation loss: The first / })).toBeVisible()
      await expectAccessible(page)
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Save chart: Losses of runs 1 and 2' }).click()
      await page.getByText('SVG drawing').click()
      const drawing = await readFile(await (await download).path(), 'utf8')
      expect(drawing).toContain('Lowest validation loss: The first')
      expect(drawing).toContain('Run 2, training')
    })

    await test.step('runs go into the bin, and come back or go for good', async () => {
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Experiments' }).click()
      await page.getByRole('button', { name: 'Move to the bin' }).click()
      await expect(page.getByText('No run is like that.')).toBeVisible()
      await page.getByRole('link', { name: 'Bin (2)' }).click()
      await expectAccessible(page)
      await page.getByRole('button', { name: 'Restore Run 2' }).click()
      await page.getByRole('button', { name: 'Delete The first for good' }).click()
      const dialog = page.getByRole('dialog', { name: 'Delete for good' })
      await expect(dialog).toContainText(/This frees [\d.]+ [kM]B/)
      await expectAccessible(page)
      await dialog.getByRole('button', { name: /^Delete for good/ }).click()
      await expect(page.getByText(/[\d.]+ [kM]B are free again\./)).toBeVisible()
      await expect(page.getByRole('heading', { name: 'The bin is empty' })).toBeVisible()
      await page.goto(`${workbench.origin}/experiments/runs/1`)
      await expect(page.getByRole('alert')).toContainText('There is no run 1')
      await page.goto(`${workbench.origin}/experiments`)
      await expect(runs(page)).toHaveAttribute('aria-rowcount', String(all))
    })
  } finally {
    await workbench.crash()
  }
})

test('an experiment of two recipes is estimated, queued, reordered, paused and watched from two pages', async ({ openPage }) => {
  const page = await openPage()
  await importDataset(page, 'Joint library', libraryFiles)
  await page.getByRole('link', { name: 'New experiment' }).click()
  for (const variant of ['attention', 'full']) await page.getByRole('checkbox', { name: new RegExp(`^${variant} `) }).uncheck()
  await page.getByRole('button', { name: 'Add another recipe' }).click()
  const second = page.getByRole('group', { name: 'Recipe 2' })
  await expect(second.getByRole('radio', { name: 'seed', exact: true })).toBeChecked()
  for (const recipe of [1, 2])
    await page
      .getByRole('group', { name: `Recipe ${recipe}` })
      .getByLabel('Epochs')
      .fill('1000')
  await expect(page.getByText('4 runs will be queued, in 2 experiments.')).toBeVisible()
  await expect(page.getByText(/^About .+ of training with .+ on disk, of .+ free\.$/)).toBeVisible({ timeout: 120_000 })
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Start training' }).click()

  const queue = page.getByRole('region', { name: 'Queue' })
  const waiting = queue.getByRole('list', { name: 'Runs that wait' }).getByRole('listitem')
  await expect(queue).toContainText(/runs? trains? at once\./)
  await expect(queue.getByText(/^Epoch [1-9][\d,]* of 1,000$/).first()).toBeVisible({ timeout: 120_000 })

  await test.step('a run is the same on two pages', async () => {
    await page.getByRole('link', { name: 'Run 1', exact: true }).click()
    await expect(
      page.getByRole('img', { name: /^Validation Pearson of run 1\. .+ over all rows; HepG2 .+, K562 .+, WTC11 / }),
    ).toBeVisible()
    const other = await page.context().newPage()
    await other.goto(page.url())
    await other.getByRole('button', { name: 'Stop run 1' }).click()
    for (const one of [page, other]) await expect(one.getByText('You stopped it.')).toBeVisible()
    const sentence = (one: Page) =>
      one
        .getByText(/^After epoch \d+ the training loss is/)
        .first()
        .innerText()
    await expect(async () => expect(await sentence(page)).toBe(await sentence(other))).toPass()
    await expectAccessible(other)
    await other.close()
  })

  await test.step('the queue is paused, reordered by keyboard, and goes on', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Experiments' }).click()
    await page.getByRole('button', { name: 'Pause the queue' }).click()
    await expect(queue).toContainText('The queue is paused')
    await expect(waiting).toHaveCount(3)
    const order = async () => (await waiting.allInnerTexts()).map((text) => Number(/Run (\d+)/.exec(text)![1]))
    expect(await order()).toEqual([2, 3, 4])
    await tabTo(page, queue.getByRole('button', { name: 'Train Run 4 first' }))
    await page.keyboard.press('Enter')
    await expect(waiting.first()).toContainText('Run 4')
    expect(await order()).toEqual([4, 2, 3])
    // Up is as far as it goes; the keyboard stays with the run.
    await expect(queue.getByRole('button', { name: 'Move Run 4 down' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(waiting.first()).toContainText('Run 2')
    expect(await order()).toEqual([2, 4, 3])
    await expectAccessible(page)
    await queue.getByRole('button', { name: 'Take run 3 out of the queue' }).click()
    await expectRunState(page, 3, 'Stopped')
    await page.getByRole('button', { name: 'Continue the queue' }).click()
    await expectRunState(page, 2, 'Running')
    await page.reload()
    await expect(queue.getByRole('button', { name: 'Pause the queue' })).toBeVisible()
  })

  await test.step('one that was stopped can be queued again', async () => {
    await page.getByRole('button', { name: 'Resume run 1' }).click()
    await expect(runRow(page, 1)).toContainText(/Queued|Starting|Running/)
  })
})
