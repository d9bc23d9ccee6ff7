import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { library } from './support/fixtures.ts'
import { chooseImportFiles, importDataset } from './support/journey.ts'
import { expect, expectAccessible, test as base } from './support/test.ts'

const test = base.extend<{ file: (name: string, content: string) => Promise<string> }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern.
  file: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'bad input-'))
    await use(async (name, content) => {
      await writeFile(join(folder, name), content)
      return join(folder, name)
    })
    await rm(folder, { recursive: true, force: true })
  },
})

const header = 'condition\treplicate\tname\tdna_count\trna_count\tratio\tlog2\tn_obs_bc'
const row = (name: string, log2: string) => `HepG2\t1\t${name}\t0.1\t0.2\t2\t${log2}\t40`

async function tryToCheck(page: Page, files: readonly string[]): Promise<void> {
  await chooseImportFiles(page, files)
  await page.getByRole('button', { name: 'Check the files' }).click()
}

test('a PDF that is called FASTA is told for what it is, before anything is imported', async ({ openPage, file }) => {
  const page = await openPage()
  await chooseImportFiles(page, [await file('library.fasta', '%PDF-1.7\n%âãÏÓ\n1 0 obj\n'), library.activities.HepG2])
  await expect(page.getByRole('list', { name: 'Chosen files' })).toContainText('PDF')
  await expect(page.getByRole('button', { name: 'Check the files' })).toBeDisabled()
  await expectAccessible(page)
})

test('a number that is not a number is shown with file and line, and the form keeps what was chosen', async ({ openPage, file }) => {
  const page = await openPage()
  const names = ['enh_1', 'enh_2', 'enh_3']
  const fasta = await file('enhancers.fa', names.map((name) => `>${name}\n${'ACGTTGCA'.repeat(25)}\n`).join(''))
  const activity = await file('HepG2.tsv', [header, row('enh_1', '0.5'), row('enh_2', 'high'), row('enh_3', '1')].join('\n'))
  await tryToCheck(page, [fasta, activity])
  const alert = page.getByRole('alert').filter({ hasText: 'high' })
  await expect(alert).toContainText('HepG2.tsv')
  await expect(alert).toContainText('line 3')
  await expect(page.getByRole('list', { name: 'Chosen files' }).getByRole('listitem')).toHaveCount(2)
  await expectAccessible(page)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Datasets' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Datasets' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'enhancers' })).toHaveCount(0)
})

test('names that match nothing are said so, with names from both sides', async ({ openPage, file }) => {
  const page = await openPage()
  const fasta = await file('enhancers.fa', `>left_1\n${'ACGTTGCA'.repeat(25)}\n>left_2\n${'TTGCAACG'.repeat(25)}\n`)
  const activity = await file('HepG2.tsv', [header, row('right_1', '0.5'), row('right_2', '1')].join('\n'))
  await tryToCheck(page, [fasta, activity])
  await expect(page.getByRole('alert').filter({ hasText: /left_1[\s\S]*right_1|right_1[\s\S]*left_1/ })).toBeVisible()
})

test('a FASTA of proteins is not scored, and says which letter of which line', async ({ openPage }) => {
  const page = await openPage()
  await importDataset(page, 'Joint library', [library.fasta, ...Object.values(library.activities)])
  await page.getByRole('link', { name: 'New experiment' }).click()
  for (const variant of ['embedding', 'attention', 'full']) await page.getByRole('checkbox', { name: new RegExp(`^${variant} `) }).uncheck()
  await page.getByLabel('Epochs').fill('1')
  await page.getByRole('button', { name: 'Start training' }).click()
  await expect(page.getByText('Completed')).toBeVisible()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Scan' }).click()
  await page.getByLabel('Or paste sequences').fill('>p53\nMEEPQSDPSVEPPLSQETFSDLWKLLPENNVL\n')
  await page.getByRole('button', { name: 'Check pasted sequences' }).click()
  await expect(page.getByText(/E is not a DNA letter. This looks like protein/).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Score', exact: true })).toBeDisabled()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Choose other sequences' }).click()
  await expect(page.getByLabel('Or paste sequences')).toHaveValue('>p53\nMEEPQSDPSVEPPLSQETFSDLWKLLPENNVL\n')
})
