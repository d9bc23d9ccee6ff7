import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { openZip } from '../../src/main/files/zipArchive.ts'
import { commandLineJson } from './support/commandLine.ts'
import { takePicture } from './support/pictures.ts'
import { expect, expectAccessible, test as base } from './support/test.ts'

interface Prepare {
  readonly run: (workspace: string) => Promise<unknown>
}

/** The workspace is made ready by the command line before the workbench opens it. */
const test = base.extend<{ prepare: Prepare }>({
  prepare: [{ run: () => Promise.resolve() }, { option: true }],
  workspace: async ({ workspace, prepare }, use) => {
    await prepare.run(workspace)
    await use(workspace)
  },
})
const ready = (run: Prepare['run']) => ({ prepare: { run } })

const demo = (workspace: string, name: string, seed = 1) =>
  commandLineJson<{ dataset: number }>('demo', '--workspace', workspace, '--name', name, '--elements', '600', '--seed', String(seed))
const bothSchemes = async (page: Page) => {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator(`.v-application.v-theme--${colorScheme}`)).toBeVisible()
    // The charts are drawn anew before the page is painted in its new colours.
    await page.evaluate('new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))')
    await expectAccessible(page)
  }
}
/** Of the dialog alone: what lies dimmed behind it is not to be read. */
const expectDialogAccessible = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
}
const elements = (page: Page) => page.getByRole('table', { name: 'Elements', exact: true })

test.describe(() => {
  test.use(
    ready(async (workspace) => {
      await demo(workspace, 'Simulated')
    }),
  )
  test('a dataset’s page shows what is in it, and follows the filter', async ({ openPage }) => {
    const page = await openPage('/datasets/1')
    await expect(page.getByText('All 600 elements.')).toBeVisible()
    for (const chart of [/^Activity in Simulated/, /^Cell types of Simulated/, /^Replicates of Simulated/, /^Sequences of Simulated/])
      await expect(page.getByRole('img', { name: chart })).toBeVisible()
    await expect(page.getByText(/no model can be expected to exceed a Pearson r of/)).toBeVisible()
    await expect(page.getByRole('table', { name: 'Most specific elements' }).getByRole('row')).toHaveCount(21)
    await bothSchemes(page)
    await takePicture(page, 'dataset')

    await page.getByRole('button', { name: 'More filters' }).click()
    await page.getByLabel('Activity in', { exact: true }).press('ArrowDown')
    await page.getByRole('option', { name: 'K562' }).click()
    await page.getByLabel('From (log2)').fill('2')
    const passing = page.getByRole('status').filter({ hasText: 'of 600 elements' })
    await expect(passing).toHaveText(/^\d+ of 600 elements: activity in K562 of at least 2\.$/)
    const count = Number(/^\d+/.exec(await passing.innerText())![0])
    expect(count).toBeGreaterThan(10)
    await expect(page.getByRole('button', { name: `TSV of all ${count} elements` })).toBeVisible()
    await page.getByRole('columnheader', { name: 'K562', exact: true }).getByRole('button').click()
    const highest = elements(page).locator('tbody tr').first()
    await expect(highest.getByRole('cell').nth(4)).toHaveText(/^[2-9]\.\d{3}$/)
    await expectAccessible(page)

    await page.getByRole('button', { name: 'Save as a dataset' }).click()
    await page.getByLabel('Dataset name').fill('Active in K562')
    await expectDialogAccessible(page)
    await page.getByRole('button', { name: 'Save dataset' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Active in K562' })).toBeVisible()
    await expect(page.getByText('A subset of Simulated: activity in K562 of at least 2.')).toBeVisible()
    await expect(page.getByText(`All ${count} elements.`)).toBeVisible()
  })
})

test.describe(() => {
  test.use(
    ready(async (workspace) => {
      await demo(workspace, 'Simulated')
    }),
  )
  test('an element is found by its sequence, on the other strand too, and opens by keyboard', async ({ openPage }) => {
    const page = await openPage('/datasets/1')
    const first = elements(page).getByRole('button', { name: /.{8}/ }).nth(8)
    await first.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Element' })
    const sequence = await dialog.getByRole('group', { name: 'Sequence in full' }).innerText()
    await expect(dialog.getByRole('table', { name: 'Measurements' })).toContainText('HepG2')
    await expectDialogAccessible(page)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    const complement: Record<string, string> = { A: 'T', C: 'G', G: 'C', T: 'A' }
    const otherStrand = [...sequence.slice(60, 100)].reverse().map((base) => complement[base] ?? base)
    await page.getByRole('textbox', { name: 'Search by name or sequence' }).fill(otherStrand.join('').toLowerCase())
    await expect(page.getByText(/^[1-4] of 600 elements: name or sequence holding/)).toBeVisible()
    await page.getByRole('textbox', { name: 'Search by name or sequence' }).fill('no such element')
    await expect(page.getByText('No element passes the filter.', { exact: true })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Clear filter' }).click()
    await expect(page.getByText('All 600 elements.')).toBeVisible()
  })
})

test.describe(() => {
  test.use(
    ready(async (workspace) => {
      await demo(workspace, 'First')
      await demo(workspace, 'Second', 2)
    }),
  )
  test('notes, tags and the star stay, and the shelf is searched by them', async ({ openPage }) => {
    const page = await openPage('/datasets/1')
    await page.getByRole('button', { name: 'Add notes and tags' }).click()
    await page.getByLabel('Notes', { exact: true }).fill('See the lab book.')
    await page.getByRole('combobox', { name: 'Tags' }).fill('pilot')
    await page.keyboard.press('Enter')
    await expectDialogAccessible(page)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByText('See the lab book.')).toBeVisible()
    await page.getByRole('button', { name: 'Star First' }).click()
    await page.goto(new URL('/datasets', page.url()).href)
    await expect(page.getByRole('button', { name: 'Star First' })).toHaveAttribute('aria-pressed', 'true')
    await page.getByRole('button', { name: 'pilot', exact: true }).click()
    await expect(page.getByRole('link', { name: 'Second' })).toHaveCount(0)
    await page.getByRole('button', { name: 'pilot', exact: true }).click()
    await page.getByRole('textbox', { name: 'Find by name' }).fill('lab book')
    await expect(page.getByRole('link', { name: 'Second' })).toHaveCount(0)
    await expect(page.getByRole('link', { name: 'First' })).toBeVisible()
    await bothSchemes(page)
  })
})

test.describe(() => {
  test.use(
    ready(async (workspace) => {
      await demo(workspace, 'With runs')
      await demo(workspace, 'Without runs', 2)
      await commandLineJson(...['train', '--workspace', workspace, '--dataset', 'With runs', '--variants', 'baseline', '--epochs', '1'])
    }),
  )
  test('a dataset goes through the bin, and runs keep it from being deleted for good', async ({ openPage }) => {
    const page = await openPage('/datasets')
    for (const name of ['With runs', 'Without runs']) {
      await page.getByRole('link', { name, exact: true }).click()
      await page.getByRole('button', { name: 'More', exact: true }).click()
      await page.getByRole('option', { name: 'Move to the bin' }).or(page.getByText('Move to the bin')).first().click()
      await expect(page.getByRole('heading', { level: 1, name: 'Datasets' })).toBeVisible()
    }
    await page.getByRole('link', { name: 'Bin (2)' }).click()
    await page.getByRole('button', { name: 'Delete With runs for good' }).click()
    await expect(page.getByRole('heading', { name: 'With runs cannot be deleted yet' })).toBeVisible()
    await expect(page.getByText(/1 run was trained on it/)).toBeVisible()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Delete Without runs for good' }).click()
    await expectDialogAccessible(page)
    await page.getByRole('button', { name: /^Delete for good \(/ }).click()
    await expect(page.getByRole('button', { name: 'Delete Without runs for good' })).toHaveCount(0)
    await bothSchemes(page)
    await page.getByRole('button', { name: 'Restore With runs' }).click()
    await expect(page.getByRole('heading', { name: 'The bin is empty' })).toBeVisible()
    await expectAccessible(page)
  })
})

test.describe(() => {
  test.use(
    ready(async (workspace) => {
      await demo(workspace, 'Whole')
      await demo(workspace, 'Same again')
    }),
  )
  test('datasets are combined after a look at what they share', async ({ openPage }) => {
    const page = await openPage('/datasets/combine')
    await page.getByLabel(/^Whole \(/).check()
    await expect(page.getByText('Choose at least two datasets.')).toBeVisible()
    await page.getByLabel(/^Same again \(/).check()
    await expect(page.getByText(/Whole and Same again share 600 elements of 600/)).toBeVisible()
    await expect(page.getByText('HepG2 was measured in Whole and Same again.')).toBeVisible()
    await bothSchemes(page)
    await page.getByLabel('Dataset name').fill('Twice')
    await page.getByRole('button', { name: 'Combine', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Twice' })).toBeVisible()
    await expect(page.getByText('Combined from Whole and Same again: the elements that all share.')).toBeVisible()
    await expect(page.getByRole('table', { name: 'Cell types' }).getByRole('rowheader').first()).toHaveText('HepG2 (Whole)')
  })
})

test.describe(() => {
  test.use(
    ready(async (workspace) => {
      await demo(workspace, 'Simulated')
    }),
  )
  test('an exported dataset imports back to the same fingerprint', async ({ openPage }, testInfo) => {
    const page = await openPage('/datasets/1')
    await page.getByRole('button', { name: 'More', exact: true }).click()
    const downloading = page.waitForEvent('download')
    await page.getByText('Export as FASTA and TSV (.zip)').click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe('Simulated.zip')
    const folder = testInfo.outputPath('exported')
    const zip = testInfo.outputPath('Simulated.zip')
    await download.saveAs(zip)
    await mkdir(folder)
    const archive = await openZip(await readFile(zip))
    for (const name of archive.names) await writeFile(join(folder, name), await buffer(archive.open(name)!))
    const other = testInfo.outputPath('other workspace')
    const imported = await commandLineJson<{ dataset: number }>(
      ...['import', '--workspace', other, '--name', 'Again', '--fasta', join(folder, 'Simulated.fasta')],
      ...['HepG2', 'K562', 'WTC11'].flatMap((cellType) => ['--activity', `${cellType}=${join(folder, `Simulated ${cellType}.tsv`)}`]),
    )
    expect(imported.dataset).toBe(1)
    const { datasets } = await commandLineJson<{ datasets: { fingerprint: string }[] }>('datasets', '--workspace', other)
    await expect(page.getByText(datasets[0]!.fingerprint.slice(0, 12))).toBeVisible()
  })
})

test.describe(() => {
  test.use(
    ready(async (workspace) => {
      await demo(workspace, 'Broken')
      await demo(workspace, 'Whole', 2)
      const database = new Database(join(workspace, 'workbench.db'))
      database.prepare("UPDATE datasets SET report = '{' WHERE name = 'Broken'").run()
      database.close()
    }),
  )
  test('one damaged dataset is told, and keeps nobody from the others', async ({ openPage }) => {
    const page = await openPage('/datasets')
    await expect(page.getByRole('link', { name: 'Whole' })).toBeVisible()
    await expect(page.getByText('Broken is damaged: what its import saw cannot be read.')).toBeVisible()
    await expectAccessible(page)
    await page.goto(new URL('/datasets/1', page.url()).href)
    await expect(page.getByRole('alert').filter({ hasText: 'Broken is damaged' })).toBeVisible()
    await page.goBack()
    await page.getByRole('button', { name: 'Move Broken to the bin' }).click()
    await expect(page.getByRole('link', { name: 'Bin (1)' })).toBeVisible()
  })
})
