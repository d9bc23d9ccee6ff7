import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import type { Variant } from '../../../src/shared/domain/variants.ts'
import { expect } from './test.ts'

/** Chooses files on the import page and waits until each is recognised. */
export async function chooseImportFiles(page: Page, files: readonly string[]): Promise<void> {
  await page.getByRole('link', { name: 'Datasets', exact: true }).click()
  await page.getByRole('link', { name: 'Import data' }).first().click()
  await page
    .getByLabel('Files to import')
    .locator('input')
    .setInputFiles([...files])
  await expect(page.getByRole('list', { name: 'Chosen files' }).getByRole('listitem')).toHaveCount(files.length)
}

/** Reads the chosen files, and ends on the report of what the dataset would be. */
export async function checkFiles(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Check the files' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'What the dataset would be' })).toBeVisible()
  await expect(page.getByLabel('Dataset name')).toBeVisible({ timeout: 120_000 })
}

/** Writes what the report shows under a name, and ends on the dataset's page. */
export async function importAs(page: Page, name: string): Promise<void> {
  await page.getByLabel('Dataset name').fill(name)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible({ timeout: 120_000 })
}

/** Imports files under a name, as they are recognised, and ends on the dataset's page. */
export async function importDataset(page: Page, name: string, files: readonly string[]): Promise<void> {
  await chooseImportFiles(page, files)
  await checkFiles(page)
  await importAs(page, name)
}

/** What to change in the launch form; everything else stays as it is offered. */
export interface Launch {
  readonly variants: readonly Variant[]
  readonly recipe: 'seed' | 'default'
  readonly epochs: number
  /** As one types them. */
  readonly seeds?: string
}

/** Launches runs on the dataset whose page is open, and ends on the list of runs. */
export async function launch(page: Page, { variants, recipe, epochs, seeds }: Launch): Promise<void> {
  await page.getByRole('link', { name: 'New experiment' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'New experiment' })).toBeVisible()
  for (const box of await page.getByRole('group', { name: 'Variants' }).getByRole('checkbox').all()) {
    await box.setChecked(variants.includes((await box.getAttribute('value')) as Variant))
  }
  await choose(page, recipe)
  await page.getByLabel('Epochs').fill(String(epochs))
  if (seeds !== undefined) await page.getByLabel('Training seeds').fill(seeds)
  await page.getByRole('button', { name: 'Start training' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Experiments' })).toBeVisible()
}

/** The row of a run in the list of runs. */
export function runRow(page: Page, id: number) {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name: `Run ${id}`, exact: true }) })
}

/** What the list of runs has of a run in a column. */
export async function runCell(page: Page, id: number, column: string): Promise<Locator> {
  await expect(runRow(page, id)).toBeVisible()
  const heads = await page.getByRole('table', { name: 'Runs', exact: true }).getByRole('columnheader').allInnerTexts()
  return runRow(page, id)
    .locator('td, th')
    .nth(heads.findIndex((text) => text.trim() === column))
}

/** Waits until a run is in a state, as the list words it. */
export async function expectRunState(page: Page, id: number, state: string, timeout = 180_000): Promise<void> {
  await expect(runRow(page, id)).toContainText(state, { timeout })
}

/** Presses the one of a row of choices with this name: the radio button itself is out of sight, its label is not. */
export async function choose(page: Page, name: string): Promise<void> {
  await page
    .locator('label')
    .filter({ has: page.getByRole('radio', { name, exact: true }) })
    .click()
  await expect(page.getByRole('radio', { name, exact: true })).toBeChecked()
}

/** Drops a file as a person drags it in from elsewhere. */
export async function dropFile(target: Locator, path: string): Promise<void> {
  const dataTransfer = await target.page().evaluateHandle(
    `(() => {
      const dragged = new DataTransfer()
      dragged.items.add(new File([${JSON.stringify(await readFile(path, 'utf8'))}], ${JSON.stringify(basename(path))}))
      return dragged
    })()`,
  )
  await target.dispatchEvent('drop', { dataTransfer })
}
