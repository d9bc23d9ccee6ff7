import { readFile, writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { random } from '../../src/shared/stats/random.ts'
import { library, libraryFiles } from './support/fixtures.ts'
import { expectRunState, importDataset, launch } from './support/journey.ts'
import { expect, expectAccessible, test } from './support/test.ts'

/** A made-up stretch of genome with elements of the library in it, and two elements by themselves. */
async function writeLoci(path: string): Promise<void> {
  const records = (await readFile(library.fasta, 'utf8'))
    .split('>')
    .slice(101, 109)
    .map((record) => record.trimEnd().split('\n'))
  const chance = random(7)
  const bases = Array.from({ length: 6000 }, () => 'ACGT'[chance.integer(4)]!)
  for (const [i, [, ...lines]] of records.entries()) {
    const element = lines.join('')
    bases.splice(400 + 700 * i, element.length, ...element)
  }
  const alone = records.slice(0, 2).map(([name, ...lines]) => `>${name!}\n${lines.join('\n')}\n`)
  await writeFile(path, `>locus 1 of chr11:5,200,000\n${bases.join('')}\n${alone.join('')}>protein\nMEEPQSDPSVEPPLSQETFSDLWKLLPENNVL\n`)
}

async function score(page: Page, path: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Scan' }).click()
  await page.getByLabel('Sequences to score').locator('input').setInputFiles(path)
  await page.getByRole('button', { name: 'Score', exact: true }).click()
  await expect(page.getByText(/3 sequences \(\d+ windows\) of loci.fa scored/)).toBeVisible()
}

async function saved(page: Page, press: () => Promise<void>): Promise<string> {
  const download = page.waitForEvent('download')
  await press()
  return readFile(await (await download).path(), 'utf8')
}

test('a scan is read: sorted by specificity, its locus called for peaks, a sequence looked at, and put away', async ({ openPage }) => {
  const page = await openPage()
  const loci = test.info().outputPath('loci.fa')
  await writeLoci(loci)
  await importDataset(page, 'Joint library', libraryFiles)
  await launch(page, { variants: ['embedding'], recipe: 'default', epochs: 3 })
  await expectRunState(page, 1, 'Completed')
  await score(page, loci)

  const scores = page.getByRole('table', { name: 'Scores', exact: true })
  const names = scores.getByRole('rowheader')
  await test.step('the table tells all, and sorts and filters', async () => {
    await expect(scores).toHaveAttribute('aria-rowcount', '4')
    await expect(page.getByRole('table', { name: 'Skipped records' })).toContainText('protein')
    await expect(page.getByText(/^The median score of/)).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Most HepG2-specific first' }).click()
    const head = scores.getByRole('columnheader', { name: 'Specific to HepG2' })
    await expect(head).toHaveAttribute('aria-sort', 'descending')
    await expect(names).toHaveCount(3)
    const column = (await scores.getByRole('columnheader').allInnerTexts()).findIndex((text) => /Specific\s+to\s+HepG2/.test(text))
    const values = await scores
      .getByRole('row')
      .locator(`:nth-child(${column + 1}):is(td)`)
      .allInnerTexts()
    const numbers = values.filter((text) => text.trim()).map((text) => Number(text.replace('−', '-')))
    expect(numbers).toHaveLength(3)
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a))
    await page.getByRole('textbox', { name: 'Search sequences by name' }).fill('LOCUS')
    await expect(page.getByText('1 of 3 sequences.')).toBeVisible()
    await expect(names).toHaveCount(1)
  })

  await test.step('the locus: tracks that zoom by keys, peaks by a rule, and their BED read back as annotations', async () => {
    await names.getByRole('link').click()
    await expect(page.getByRole('heading', { level: 1, name: 'locus 1 of chr11:5,200,000' })).toBeVisible()
    await page.getByRole('combobox', { name: 'Of the scores of' }).press('ArrowDown')
    await page.getByRole('option', { name: 'The scan’s own windows' }).click()
    await page.getByRole('textbox', { name: 'Percentile' }).fill('92')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Merge within (bases)' }).fill('0')
    await page.keyboard.press('Enter')
    await expect(page.getByText(/the 92nd percentile of the scores of the scan’s own \d+ windows; .* at most 0 bases/)).toBeVisible()
    const peaks = page.getByRole('table', { name: 'Peaks' })
    await expect(peaks.getByRole('button', { name: /^Show peak 1,/ })).toBeVisible()
    await expectAccessible(page)
    const count = Number(await peaks.getAttribute('aria-rowcount')) - 1
    const first = /bases ([\d,]+)–([\d,]+)/.exec((await peaks.getByRole('button', { name: /^Show peak 1,/ }).getAttribute('aria-label'))!)!
    const [start, end] = first.slice(1).map((text) => Number(text.replaceAll(',', '')))

    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await page.getByRole('radio', { name: /^BED/ }).check()
    const bed = await saved(page, () => page.getByRole('button', { name: 'Save BED' }).click())
    await expect(page.getByText(/_peaks\.bed is saved/)).toBeVisible()
    await expectAccessible(page)
    const lines = bed
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .map((line) => line.split('\t'))
    expect(lines).toHaveLength(count)
    for (const fields of lines) expect(fields[0]).toBe('locus 1 of chr11:5,200,000')
    expect(lines.map(([, from, to]) => [Number(from), Number(to)])).toContainEqual([start! - 1, end])
    await page.getByRole('button', { name: 'Close' }).click()

    await page
      .getByLabel('Annotations')
      .locator('input')
      .setInputFiles({ name: 'peaks.bed', mimeType: 'text/plain', buffer: Buffer.from(bed) })
    await expect(page.getByText(`${count} feature${count === 1 ? '' : 's'} of peaks.bed on 1 sequence of this scan.`)).toBeVisible()

    await peaks.getByRole('button', { name: /^Show peak 1,/ }).click()
    const status = page.getByText(/of 6,000 bases$/)
    await expect(status).not.toHaveText(/^1–6,000/)
    await page.getByRole('group', { name: /^Tracks along the sequence/ }).focus()
    await page.keyboard.press('0')
    await expect(status).toHaveText('1–6,000 of 6,000 bases')
    await page.keyboard.press('+')
    await expect(status).toHaveText('1,501–4,500 of 6,000 bases')
    await page.keyboard.press('ArrowLeft')
    await expect(status).toHaveText('901–3,900 of 6,000 bases')
  })

  await test.step('a sequence that the model has seen says so, with its strands and motifs', async () => {
    await page.getByRole('link', { name: 'loci.fa' }).click()
    await expect(page.getByText('1 of 3 sequences.')).toBeVisible()
    await page.getByRole('button', { name: 'Show all 3' }).click()
    await expect(names).toHaveCount(3)
    await names.getByRole('link').filter({ hasNotText: 'locus' }).first().click()
    const seen = page.getByRole('table', { name: 'Seen in training' })
    await expect(seen.getByRole('row').nth(1)).toContainText('exact')
    const strands = page.getByRole('table', { name: 'Scores by cell type' }).getByRole('row')
    await expect(strands).toHaveCount(1 + library.cellTypes.length)
    const [, mean, given, other] = (await strands.nth(1).locator('th, td').allInnerTexts()).map((text) => Number(text.replace('−', '-')))
    // The default recipe reads both strands: each is rounded to three places here.
    expect(Math.abs(mean! - (given! + other!) / 2)).toBeLessThan(0.0011)
    await expect(page.getByText(/^\d+ matri(x|ces) of JASPAR 2018/)).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('into the bin, out of it, and away for good', async () => {
    await page.getByRole('link', { name: 'loci.fa' }).click()
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByText('Move to the bin').click()
    await expect(page.getByText('This scan is in the bin.')).toBeVisible()
    await page.getByRole('button', { name: 'Restore' }).click()
    await expect(page.getByText('This scan is in the bin.')).toBeHidden()
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Scan' }).click()
    await page.getByRole('button', { name: 'Move loci.fa to the bin' }).click()
    await page.getByRole('button', { name: 'Undo: take loci.fa out of the bin' }).click()
    await page.getByRole('button', { name: 'Move loci.fa to the bin' }).click()
    await page.getByRole('link', { name: 'Bin (1)' }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Delete loci.fa for good' }).click()
    await page.getByRole('button', { name: 'Delete for good', exact: true }).click()
    await expect(page.getByText(/^Deleted\. [\d.]+ (B|kB|MB) are free again\.$/)).toBeVisible()
    await expect(page.getByRole('heading', { name: 'The bin is empty' })).toBeVisible()
  })
})
