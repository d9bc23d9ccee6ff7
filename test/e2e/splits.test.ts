import { readFile } from 'node:fs/promises'
import { commandLineJson } from './support/commandLine.ts'
import { choose } from './support/journey.ts'
import { takePicture } from './support/pictures.ts'
import { expect, expectAccessible, test } from './support/test.ts'

const withLibrary = test.extend({
  workspace: async ({ workspace }, use) => {
    await commandLineJson('demo', '--elements', '600', '--name', 'Small library', '--workspace', workspace)
    await use(workspace)
  },
})

withLibrary('splits: made on the dataset’s page, audited, renamed, and chosen in the launch form', async ({ openPage }) => {
  const page = await openPage('/datasets/1')
  const section = page.getByRole('region', { name: 'Splits' })
  const table = section.getByRole('table', { name: 'Splits' })
  const dialog = page.getByRole('dialog', { name: 'New split' })

  await withLibrary.step('a fair split, and one that leaks, each with its audit', async () => {
    await section.getByRole('button', { name: 'New split' }).click()
    await expectAccessible(page)
    await takePicture(page, 'new-split')
    await dialog.getByRole('button', { name: 'Make split' }).click()
    await expect(table.getByRole('row', { name: /By group, seed 1/ })).toContainText('No test or validation sequence was seen in training')

    await section.getByRole('button', { name: 'New split' }).click()
    await expect(dialog.getByRole('radio', { name: 'By a column of the file' })).toBeDisabled()
    await dialog.getByRole('radio', { name: 'By name' }).check()
    await dialog.getByLabel('Training %').fill('60')
    await expect(dialog.getByText('The shares of the split make 90 % together, not 100 %.')).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Make split' })).toBeDisabled()
    await dialog.getByLabel('Test %').fill('25')
    await dialog.getByLabel('Name').last().fill('Leaky')
    await dialog.getByRole('button', { name: 'Make split' }).click()
    const leaky = table.getByRole('row', { name: /^Leaky/ })
    await expect(leaky).toContainText(/Leaks: \d+ test or validation sequences were seen in training, \d+ as reverse complements/)
    const leaked = Number(/Leaks: (\d+)/.exec(await leaky.innerText())![1])

    await page.getByRole('button', { name: 'Audit of Leaky' }).click()
    const audit = page.getByRole('table', { name: 'What the parts of Leaky share' })
    const seenInTraining = await Promise.all(
      ['validation', 'test'].map(async (part) => {
        const cells = await audit
          .getByRole('row', { name: new RegExp(`^${part} training`) })
          .getByRole('cell')
          .allInnerTexts()
        return cells.slice(1).reduce((sum, text) => sum + Number(text), 0)
      }),
    )
    expect(seenInTraining[0]! + seenInTraining[1]!).toBe(leaked)
    await section.getByText('First examples', { exact: true }).click()
    await expectAccessible(page)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download all shared sequences (TSV)' }).click()
    const rows = (await readFile(await (await download).path(), 'utf8')).trimEnd().split('\n')
    expect(rows.filter((row) => row.split('\t')[3] === 'train')).toHaveLength(leaked)
  })

  await withLibrary.step('the same again is refused in words; an unused one can be renamed and removed', async () => {
    await section.getByRole('button', { name: 'New split' }).click()
    await dialog.getByRole('button', { name: 'Make split' }).click()
    await expect(dialog.getByText('This split is there already: By group, seed 1.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Cancel' }).click()

    await page.getByRole('button', { name: 'Rename By group, seed 1' }).click()
    await page.getByLabel('Split name').fill('Fair')
    await page.getByRole('button', { name: 'Save name' }).click()
    await expect(table.getByRole('rowheader', { name: 'Fair' })).toBeVisible()
    await page.getByRole('button', { name: 'Remove Leaky' }).click()
    await expect(table.getByRole('rowheader', { name: 'Leaky' })).toHaveCount(0)
  })

  await withLibrary.step('the launch form offers it, and all folds of a new one', async () => {
    await page.getByRole('link', { name: 'New experiment' }).click()
    const split = page.getByRole('group', { name: 'Split' })
    await split.getByRole('combobox', { name: 'Split' }).press('Enter')
    await page.getByRole('option', { name: 'Fair' }).click()
    await expect(split).toContainText('No test or validation sequence was seen in training')
    for (const variant of ['baseline', 'attention', 'full'])
      await page.getByRole('checkbox', { name: new RegExp(`^${variant} `) }).uncheck()
    await choose(page, 'seed')
    await page.getByLabel('Epochs').fill('1')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Start training' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Experiments' })).toBeVisible()

    await page.getByRole('link', { name: 'New experiment' }).click()
    for (const variant of ['baseline', 'attention', 'full'])
      await page.getByRole('checkbox', { name: new RegExp(`^${variant} `) }).uncheck()
    await choose(page, 'seed')
    await page.getByLabel('Epochs').fill('1')
    await split.getByRole('radio', { name: 'In folds' }).check()
    await split.getByRole('textbox', { name: 'Folds' }).fill('3')
    await expect(page.getByText('3 runs will be queued, in 3 experiments.')).toBeVisible()
    await page.getByRole('button', { name: 'Start training' }).click()
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'Split', exact: true }).check()
    await page.keyboard.press('Escape')
    for (const fold of [1, 2, 3]) await expect(page.getByText(`Fold ${fold} of 3, seed 1`)).toBeVisible()
  })

  await withLibrary.step('what is used stays as it is', async () => {
    await page.goto(new URL('/datasets/1', page.url()).href)
    await expect(table.getByRole('row', { name: /^Fair/ })).toContainText('1 experiment')
    await expect(page.getByRole('button', { name: 'Rename Fair' })).toHaveCount(0)
    await expect(table.getByRole('rowheader')).toHaveCount(4)
  })
})
