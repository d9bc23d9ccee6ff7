import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { countWindows } from '../../src/shared/dna/windows.ts'
import { random } from '../../src/shared/stats/random.ts'
import { commandLineJson } from './support/commandLine.ts'
import { library } from './support/fixtures.ts'
import { choose, dropFile } from './support/journey.ts'
import { expect, expectAccessible, test as base } from './support/test.ts'

/** A workspace with a run in each of two variants, and a folder for files. */
const test = base.extend<{ file: (name: string, content: string | Uint8Array) => Promise<string> }>({
  workspace: async ({ workspace }, use) => {
    const at = ['--workspace', workspace]
    const activities = Object.entries(library.activities).flatMap(([cellType, path]) => ['--activity', `${cellType}=${path}`])
    await commandLineJson('import', '--name', 'Joint library', '--fasta', library.fasta, ...activities, ...at)
    await commandLineJson('train', '--dataset', '1', '--variants', 'embedding,full', '--recipe', 'seed', '--epochs', '1', ...at)
    await use(workspace)
  },
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern.
  file: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'to scan-'))
    await use(async (name, content) => {
      await writeFile(join(folder, name), content)
      return join(folder, name)
    })
    await rm(folder, { recursive: true, force: true })
  },
})

const [PREFIX, SUFFIX] = ['AGGACCGGATCAACT', 'CATTGCGTGAACCGA']
const READ = 200
const chance = random(7)
const bases = (length: number) => Array.from({ length }, () => 'ACGT'[chance.integer(4)]).join('')
const construct = (element: string) => PREFIX + element + SUFFIX
const dropArea = (page: Page) => page.getByRole('group', { name: 'Sequences to score' })
const report = (page: Page) => page.getByRole('region', { name: 'What will happen' })
const scoreButton = (page: Page) => page.getByRole('button', { name: 'Score', exact: true })

test('a messy file of twelve records: read the pre-flight, skip one, choose windows, score once', async ({ openPage, file }) => {
  const known = (await readFile(library.fasta, 'utf8')).split('\n')[3]!
  const records: readonly (readonly [name: string, sequence: string])[] = [
    ['known to the model', known],
    ['lower case', construct(bases(READ)).toLowerCase()],
    ['as RNA', construct(bases(READ)).replaceAll('T', 'U')],
    ['with N', construct(`${bases(90)}NNNNNNNNNN${bases(100)}`)],
    ['no adapters', bases(READ)],
    ['short|one', bases(90)],
    ['locus', bases(1500)],
    ['longer locus', bases(3000)],
    ['enh_12', 'MEEPQSDPSVEPPLSQETFSDLWKLLPENNVL'],
    ['lower case', construct(bases(READ))],
    ['tiny', 'ACGTACGT'],
    ['no bases', ''],
  ]
  const messy = await file('messy.txt', records.map(([name, sequence]) => `>${name}\r\n${sequence}\r\n`).join('\r\n'))
  const windows = (stride: number, lengths: readonly number[]) =>
    lengths.reduce((sum, length) => sum + countWindows(length, { length: READ, stride }), 0)
  const page = await openPage('/scan')
  await dropFile(dropArea(page), messy)

  await test.step('the pre-flight tells every class', async () => {
    await expect(report(page).getByRole('status')).toHaveText(
      `9 of 12 sequences can be scored, the long ones in ${windows(20, [1500, 3000])} windows. They are 90 to 3,000 bases long; the model was trained on 230 bases.`,
    )
    for (const words of [
      'enh_12, line 26: E is not a DNA letter. This looks like protein.',
      /2 sequences are longer than the model reads .* one every 20/,
      /1 sequence is shorter than the model reads/,
      /without the construct’s adapters/,
      /other than A, C, G and T/,
      /a name that stands earlier in the file/,
      /read as upper case/,
      /written as RNA/,
    ]) {
      await expect(report(page).getByRole('list', { name: 'Kinds of sequences' }).getByText(words).first()).toBeVisible()
    }
    await expect(page.getByRole('table', { name: 'Sequences in the model’s data' })).toBeVisible()
    await expectAccessible(page)
    await page.getByText('All 3, with reasons').click()
    await expect(page.getByRole('table', { name: 'Records that will be skipped' })).toContainText('nothing shorter than 20 is scored')
  })

  await test.step('one is taken out, back and out again; the focus stays with the records', async () => {
    await page.getByRole('button', { name: 'Skip longer locus' }).click()
    const takenOut = page.getByRole('list', { name: 'Taken out' })
    await expect(takenOut).toContainText('longer locus')
    await expect(page.getByText('You took out:')).toBeFocused()
    await expect(report(page).getByRole('status')).toContainText(`8 of 12 sequences can be scored, the long ones in ${windows(20, [1500])}`)
    await page.getByRole('button', { name: 'Bring back longer locus' }).click()
    await expect(report(page).getByRole('status')).toContainText('9 of 12')
    await page.getByRole('button', { name: 'Skip longer locus' }).click()
    await expect(report(page).getByRole('status')).toContainText('8 of 12')
  })

  await test.step('every change is looked through again, and neither focus nor scroll is lost', async () => {
    await choose(page, 'Skip long ones')
    await expect(report(page).getByRole('status')).toContainText('7 of 12')
    await choose(page, 'Cut into windows')
    const stride = page.getByLabel('Stride')
    await stride.fill('100')
    const scrolled = await page.evaluate('scrollY')
    await expect(report(page).getByRole('status')).toContainText(`${windows(100, [1500])} windows`)
    await expect(stride).toBeFocused()
    expect(await page.evaluate('scrollY')).toBe(scrolled)
    await stride.fill('none')
    await expect(page.getByText('A whole number of bases, from 1 to 100,000.')).toBeVisible()
    await expect(scoreButton(page)).toBeDisabled()
    await stride.fill('50')
    await page.getByText('More settings').click()
    await page.getByLabel('Shuffled controls').fill('20')
    await expectAccessible(page)
  })

  await test.step('a form that is sent twice starts one scan, and is empty after', async () => {
    await page.getByLabel('Scan name').fill('Twelve records')
    await expect(scoreButton(page)).toBeEnabled()
    await scoreButton(page).dblclick()
    await expect(page.getByRole('heading', { level: 1, name: 'Twelve records' })).toBeVisible()
    await expect(page.getByText(/^8 sequences \(27 windows\) of messy\.txt scored/)).toBeVisible()
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Scan' }).click()
    await expect(dropArea(page)).toBeVisible()
    await expect(page.getByRole('link', { name: 'Twelve records' })).toHaveCount(1)
  })
})

test('models are chosen together, a table by its columns, and BED with its genome', async ({ openPage, file }) => {
  const page = await openPage('/scan/new?runs=1,2')
  await expect(page).toHaveURL(/\/scan\/new$/)
  await expect(page.getByRole('list', { name: 'Chosen models' }).getByRole('listitem')).toHaveCount(2)

  await test.step('the columns of a table', async () => {
    const rows = Array.from({ length: 5 }, (_, i) => `e${i},${bases(READ)},${bases(230)}`)
    await dropFile(dropArea(page), await file('oligos.csv', ['id,oligo A,oligo B', ...rows, ''].join('\n')))
    await expect(report(page).getByRole('status')).toHaveText(
      'All 5 sequences can be scored. They are 200 bases long; the models were trained on 230 bases.',
    )
    await page.getByRole('combobox', { name: 'Column of the sequences' }).click({ force: true })
    await page.getByRole('option', { name: 'oligo B' }).click()
    await expect(report(page).getByRole('status')).toContainText('They are 230 bases long')
    await expectAccessible(page)
  })

  await test.step('models that are left out or added', async () => {
    await page.getByRole('button', { name: /^Leave out Run 1/ }).click()
    await expect(report(page).getByRole('status')).toContainText('the model was trained on')
    await page.getByRole('button', { name: 'Change or add models' }).click()
    await page.getByLabel('Search models').fill('embedding library')
    const found = page.getByRole('group', { name: 'Models to score with' }).getByRole('checkbox')
    await expect(found).toHaveCount(1)
    await found.check()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Close the list' }).click()
  })

  await test.step('places on a genome', async () => {
    await page.getByRole('button', { name: 'Choose other sequences' }).click()
    await dropFile(dropArea(page), await file('peaks.bed', 'chr1\t100\t300\tp1\t0\t+\nchr1\t400\t1400\tp2\t0\t-\nchr2\t5\t100\tp3\t0\t+\n'))
    const genome = page.getByRole('group', { name: 'Genome of these places' })
    await expect(genome).toBeVisible()
    await expectAccessible(page)
    await dropFile(genome, await file('genome.fa', `>chr1\n${bases(2000)}\n`))
    await expect(report(page).getByRole('status')).toContainText('2 of 3 sequences can be scored, the long ones in 41 windows.')
    await expect(report(page).getByText('genome.fa has no chr2.').first()).toBeVisible()
    await page.reload()
  })
})

test('what cannot be scored says so, with something to press', async ({ openPage, file }) => {
  const page = await openPage('/settings')
  await page.getByLabel('Largest upload').fill('0.1')
  await page.getByRole('button', { name: 'Save limit' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await expectAccessible(page)
  await page.goto(new URL('/scan/new?run=77', page.url()).href)
  await expect(page.getByText('Run 77 is not here, or in the bin.')).toBeVisible()
  await page.getByRole('button', { name: 'Leave out' }).click()
  await page.getByRole('checkbox', { name: /^Run 2 / }).check()

  const large = await file('large.fa', '')
  await truncate(large, 120_000_000)
  await dropArea(page).locator('input').setInputFiles(large)
  await expect(page.getByText('large.fa has 120 MB; one upload may have 107 MB.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Open Settings' })).toBeVisible()

  for (const [name, content, words] of [
    ['paper.fa', '%PDF-1.7\n%âãÏÓ\n1 0 obj\n', /is a PDF/],
    ['empty.fa', '', /is empty/],
    ['numbers.csv', 'id,value\na,1\nb,2\n', /none of its columns holds DNA/],
    ['p53.fa', '>p53\nMEEPQSDPSVEPPLSQETFSDLWKLLPENNVL\n', /This looks like protein/],
  ] as const) {
    await dropArea(page)
      .locator('input')
      .setInputFiles(await file(name, content))
    await expect(page.getByText(words).first()).toBeVisible()
    if (name === 'p53.fa') await expect(scoreButton(page)).toBeDisabled()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Choose other sequences' }).first().click()
  }
})
