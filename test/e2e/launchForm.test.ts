import type { Page } from '@playwright/test'
import { settings } from '../../src/shared/domain/settingRules.ts'
import { settingWords } from '../../src/shared/domain/settingWords.ts'
import { libraryFiles } from './support/fixtures.ts'
import { choose, expectRunState, importDataset } from './support/journey.ts'
import { tabTo } from './support/tabTo.ts'
import { expect, expectAccessible, test } from './support/test.ts'

const goTo = (page: Page, name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click()
const allSettings = (page: Page) => page.getByRole('button', { name: `All ${settings.length} settings` })
const changedList = (page: Page) => page.getByRole('region', { name: 'Changed from the recipe' }).getByRole('listitem')
const startButton = (page: Page) => page.getByRole('button', { name: 'Start training' })
async function openForm(page: Page) {
  await goTo(page, 'Experiments')
  await page.getByRole('link', { name: 'New experiment' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'New experiment' })).toBeVisible()
}

test('every setting is in the form, with what it is for, in light and in dark, wide and narrow', async ({ openPage }) => {
  const page = await openPage()
  await importDataset(page, 'Joint library', libraryFiles)
  await openForm(page)
  await expect(page.getByLabel(settingWords.epochs.label, { exact: true })).toBeVisible()
  await expect(page.getByLabel(settingWords.dropout.label, { exact: true })).toHaveCount(0)
  await allSettings(page).click()
  for (const setting of settings) {
    const { label, help } = settingWords[setting]
    const field = page.getByLabel(label).first()
    await expect(field, setting).toBeAttached()
    await expect(field, setting).toHaveAccessibleDescription(new RegExp(help.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
  }
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await expect(page.locator(`.v-application.v-theme--${colorScheme}`)).toBeAttached()
      // The last colours of the other scheme may still be on their way out.
      await expect(() => expectAccessible(page)).toPass({ timeout: 20_000 })
    }
    expect(await page.evaluate('document.documentElement.scrollWidth'), `at ${width} pixels`).toBeLessThanOrEqual(width)
  }
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.getByRole('combobox', { name: settingWords.optimizer.label }).press('Enter')
  for (const { title, about } of Object.values(settingWords.optimizer.choices))
    await expect(page.getByRole('option', { name: title }).filter({ hasText: about! })).toBeVisible()
  await expectAccessible(page)
})

test('a number that cannot be is marked where it stands and stops the start, until it is mended', async ({ openPage }) => {
  const page = await openPage()
  await importDataset(page, 'Joint library', libraryFiles)
  await openForm(page)
  await allSettings(page).click()
  const dropout = page.getByLabel('Dropout')
  await dropout.fill('1.5')
  await expect(page.getByText('Dropout must be at most 0.9.')).toBeVisible()
  await expect(dropout).toHaveAttribute('aria-invalid', 'true')
  await expect(startButton(page)).toBeDisabled()
  await expect(page.getByText('Correct the settings that are marked.')).toBeVisible()
  // It stays in sight when the other settings are put away, as it was typed.
  await page.getByRole('button', { name: 'Fewer settings' }).click()
  await expect(dropout).toHaveValue('1.5')
  await expectAccessible(page)
  await changedList(page).filter({ hasText: 'Dropout' }).getByRole('button', { name: 'Restore Dropout' }).click()
  await expect(startButton(page)).toBeEnabled()
  await expect(page.getByText('4 runs will be queued.')).toBeVisible()
})

test('what was chosen and typed is there when one comes back, until it is put away', async ({ openPage }) => {
  const page = await openPage()
  await importDataset(page, 'Joint library', libraryFiles)
  await openForm(page)
  await page.getByRole('checkbox', { name: /^full / }).uncheck()
  await page.getByLabel('Training seeds').fill('1-3')
  await page.getByLabel('Epochs').fill('many')
  await goTo(page, 'Settings')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await openForm(page)
  await expect(page.getByRole('checkbox', { name: /^full / })).not.toBeChecked()
  await expect(page.getByLabel('Training seeds')).toHaveValue('1-3')
  await expect(page.getByLabel('Epochs')).toHaveValue('many')
  await expect(startButton(page)).toBeDisabled()
  await page.getByRole('button', { name: 'Start afresh' }).click()
  await expect(page.getByRole('checkbox', { name: /^full / })).toBeChecked()
  await expect(page.getByLabel('Training seeds')).toHaveValue('1')
  await expect(page.getByLabel('Epochs')).toHaveValue('20')
  await expect(page.getByRole('button', { name: 'Start afresh' })).toHaveCount(0)
})

test('settings are changed by keyboard alone, saved with the run, and taken from it for the next one', async ({ openPage, workbench }) => {
  const page = await openPage()
  await importDataset(page, 'Joint library', libraryFiles)
  await openForm(page)
  for (const variant of ['embedding', 'attention', 'full']) await page.getByRole('checkbox', { name: new RegExp(`^${variant} `) }).uncheck()
  await page.getByLabel('Split seed').fill('5')
  await page.getByLabel('Training seeds').fill('7')
  await choose(page, 'seed')

  const type = async (label: string, text: string) => {
    await tabTo(page, page.getByLabel(label, { exact: true }))
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type(text)
  }
  await tabTo(page, allSettings(page))
  await page.keyboard.press('Enter')
  await type('Epochs', '2')
  await expect(page.getByLabel('Momentum')).toBeDisabled()
  await expect(page.getByLabel('Momentum')).toHaveAccessibleDescription(/^Only with the optimiser SGD or RMSprop\./)
  await tabTo(page, page.getByRole('combobox', { name: 'Optimiser' }))
  await page.keyboard.press('Enter')
  await page.keyboard.type('SGD')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Momentum')).toBeEnabled()
  await tabTo(page, page.getByRole('combobox', { name: 'Optimiser' }))
  await page.keyboard.press('Enter')
  await page.keyboard.type('AdamW')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Momentum')).toBeDisabled()
  await type('Dropout', '0.25')
  await expect(changedList(page)).toHaveText([
    /Epochs: 2 instead of 20/,
    /Optimiser: AdamW instead of Adam/,
    /Dropout: 0.25 instead of 0.3/,
  ])
  await tabTo(page, page.getByRole('button', { name: 'Restore Optimiser' }))
  await page.keyboard.press('Enter')
  await expect(changedList(page)).toHaveCount(2)
  await expect(page.getByRole('button', { name: 'Restore Epochs' })).toBeFocused()
  await tabTo(page, startButton(page))
  await page.keyboard.press('Enter')
  await expectRunState(page, 1, 'Completed')

  // A form that was used is fresh again; one that is filled from a run has all of it.
  await openForm(page)
  await expect(page.getByLabel('Training seeds')).toHaveValue('1')
  await goTo(page, 'Experiments')
  await page.getByRole('link', { name: 'Run 1', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Configuration: recipe seed' })).toContainText(
    'No effect. Only with the optimiser SGD or RMSprop.',
  )
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Train again with changes' }).click()
  await expect(page.getByText('Filled from run 1')).toBeVisible()
  await expect(page).toHaveURL(`${workbench.origin}/experiments/new`)
  await expect(page.getByRole('group', { name: 'Variants' }).getByRole('checkbox', { checked: true })).toHaveCount(1)
  await expect(page.getByRole('radio', { name: 'seed', exact: true })).toBeChecked()
  await expect(page.getByRole('group', { name: 'Split' })).toContainText('By group, seed 5')
  await expect(page.getByLabel('Training seeds')).toHaveValue('7')
  await expect(page.getByLabel('Epochs')).toHaveValue('2')
  await expect(changedList(page)).toHaveText([/Epochs: 2/, /Dropout: 0.25/])
  await expect(page.getByText('1 run will be queued.')).toBeVisible()
  await page.getByRole('button', { name: 'Restore all' }).click()
  await expect(changedList(page)).toHaveCount(0)
  await expect(page.getByLabel('Epochs')).toHaveValue('20')

  await page.goto(`${workbench.origin}/experiments/new?from=99`)
  await expect(page.getByRole('alert').filter({ hasText: 'There is no run 99' })).toBeVisible()
  await expect(startButton(page)).toBeEnabled()
})
