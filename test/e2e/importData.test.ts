import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { library, libraryFiles } from './support/fixtures.ts'
import { checkFiles, chooseImportFiles, importAs, importDataset } from './support/journey.ts'
import { tabTo } from './support/tabTo.ts'
import { expect, expectAccessible, test as base } from './support/test.ts'

const test = base.extend<{ file: (name: string, content: string | Uint8Array) => Promise<string> }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern.
  file: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'importé data-'))
    await use(async (name, content) => {
      await writeFile(join(folder, name), content)
      return join(folder, name)
    })
    await rm(folder, { recursive: true, force: true })
  },
})

/** A sequence of its own for each number, without a shared start or end. */
function sequence(number: number, length = 60): string {
  let state = number * 2_654_435_761 + 12_345
  let bases = ''
  while (bases.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bases += 'ACGT'[state >>> 30]!
  }
  return bases
}
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1)
const head = (page: Page, column: string) => page.getByRole('button', { name: `Column ${column}:` })
const summary = (page: Page) => page.getByText(/elements? in .*the noise ceiling/)

/** Says what a column holds, in its head. */
async function setRole(page: Page, column: string, role: string): Promise<void> {
  await head(page, column).click()
  const editor = page.getByRole('group', { name: `What ${column} holds` })
  await editor.getByLabel('Holds').selectOption(role)
  await editor.getByRole('button', { name: 'Done' }).click()
  await expect(editor).toBeHidden()
}

test('ENCODE’s files: recognised, reported on, decided about, imported, and recognised again', async ({ openPage }) => {
  const page = await openPage()
  await chooseImportFiles(page, libraryFiles)
  await expectAccessible(page)
  await checkFiles(page)
  await expect(summary(page)).toContainText('700 elements in HepG2, K562 and WTC11')
  await expectAccessible(page)

  const low = page.getByRole('listitem', { name: 'Values from too few barcodes' })
  await test.step('the slider counts at once, and the report follows', async () => {
    await expect(low).toContainText('fewer than 10 barcodes')
    await page.getByRole('slider', { name: 'Minimum of barcodes' }).fill('0')
    await expect(page.getByText(/^0 of [\d,]+ replicate values \(0\.0 %\)/)).toBeVisible()
    await expect(low).toHaveCount(0)
    await page.getByRole('slider', { name: 'Minimum of barcodes' }).fill('30')
    await expect(low).toContainText('fewer than 30 barcodes')
  })

  await test.step('a decision that leaves something out is told as such', async () => {
    const partial = page.getByRole('listitem', { name: 'Elements without all cell types' })
    await partial.getByRole('radio', { name: 'Leave them out' }).check()
    await expect(page.getByRole('region', { name: 'Is left out' }).getByText('Elements without all cell types')).toBeVisible()
    await expect(summary(page)).not.toContainText('700 elements')
  })

  await test.step('a list is saved whole, and holds more than the report tells at first', async () => {
    await page.getByRole('slider', { name: 'Minimum of barcodes' }).fill('10')
    await expect(low).toContainText('fewer than 10 barcodes')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save the list: Sequences without an activity' }).click()
    const lines = (await readFile(await (await download).path(), 'utf8')).trimEnd().split('\n')
    expect(lines[0]).toBe('name\tfile\tline\tdetail')
    expect(lines).toHaveLength(1 + library.unmatchedSequences)
  })
  await importAs(page, 'Joint library')

  await chooseImportFiles(page, libraryFiles)
  await checkFiles(page)
  await expect(page.getByText('You have this already.')).toHaveCount(0)
  await page.getByRole('listitem', { name: 'Elements without all cell types' }).getByRole('radio', { name: 'Leave them out' }).check()
  await expect(page.getByText('You have this already.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Joint library' })).toBeVisible()
})

test('a wide table with replicates as columns', async ({ openPage, file }) => {
  const page = await openPage()
  const rows = numbers(40).map((n) => [`enh_${n}`, sequence(n), n / 10, n / 10 + 0.2, n / 20, n / 20 - 0.1].join('\t'))
  await chooseImportFiles(page, [
    await file('wide table.tsv', ['id\tseq\tHepG2_rep1\tHepG2_rep2\tK562_rep1\tK562_rep2', ...rows].join('\n')),
  ])
  await expect(head(page, 'HepG2_rep2')).toHaveAccessibleName(/Activity of HepG2, replicate 2; likely/)
  await expect(page.getByText('Sequences come from the column seq of wide table.tsv.')).toBeVisible()
  await checkFiles(page)
  await expect(summary(page)).toContainText('40 elements in HepG2 and K562')
  await expect(page.getByRole('row', { name: /^HepG2/ }).first()).toContainText('2')
  await importAs(page, 'Wide')
})

test('counts per barcode: activities are made, with the pseudocount that is shown', async ({ openPage, file }) => {
  const page = await openPage()
  const rows = numbers(20).flatMap((n) =>
    numbers(12).map((b) => [`enh_${n}`, sequence(n), sequence(1000 + n * 20 + b, 15), 10 + n, 20 + n * b].join('\t')),
  )
  await chooseImportFiles(page, [await file('HepG2.tsv', ['name\tsequence\tbarcode\tDNA_count\tRNA_count', ...rows].join('\n'))])
  await expect(head(page, 'barcode')).toHaveAccessibleName(/Barcode; sure/)
  await checkFiles(page)
  await expect(summary(page)).toContainText('20 elements in HepG2')
  const first = page.getByRole('table', { name: 'First elements' }).getByRole('row').nth(1)
  const before = await first.innerText()
  await expect(page.getByLabel('Pseudocount')).toHaveValue('1')
  await page.getByLabel('Pseudocount').fill('5000')
  await expect(first).not.toHaveText(before)
  await page.getByRole('slider', { name: 'Minimum of barcodes' }).fill('13')
  await expect(page.getByText('Ask for fewer barcodes, or choose other files.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
  await page.getByRole('slider', { name: 'Minimum of barcodes' }).fill('12')
  await importAs(page, 'Counts')
})

test('a workbook of Excel whose table is not on its first sheet', async ({ openPage }) => {
  const page = await openPage()
  await chooseImportFiles(page, [fileURLToPath(new URL('../fixtures/workbooks/table.xlsx', import.meta.url))])
  await expect(page.getByRole('list', { name: 'Chosen files' })).toContainText('sheet Données of an Excel workbook')
  await expect(head(page, 'HepG2_rep1')).toHaveAccessibleName(/Activity of HepG2, replicate 1/)
  await checkFiles(page)
  await expect(page.getByRole('listitem', { name: 'Values that are missing or infinite' })).toBeVisible()
  await importAs(page, 'Workbook')
})

test('a semicolon CSV with decimal commas in UTF-16', async ({ openPage, file }) => {
  const page = await openPage()
  const rows = numbers(30).map((n) => [`élément ${n}`, sequence(n), `${n},25`].join(';'))
  const bytes = Buffer.from(`\uFEFF${['Name;Sequence;HepG2', ...rows].join('\r\n')}`, 'utf16le')
  await chooseImportFiles(page, [await file('mesures.csv', bytes)])
  await expect(page.getByRole('list', { name: 'Chosen files' })).toContainText('parted by semicolons · UTF-16 · decimal comma')
  await expect(page.getByRole('radio', { name: '1,5' })).toBeChecked()
  await checkFiles(page)
  await expect(page.getByRole('table', { name: 'First elements' })).toContainText('30.250')
  await importAs(page, 'Mesures')
})

test('pasted text, and what is missing in it said beside the button', async ({ openPage }) => {
  const page = await openPage('/datasets/import')
  await page.getByRole('button', { name: 'Paste text instead' }).click()
  const rows = numbers(12).map((n) => `enh_${n}\t${sequence(n)}\t${n}`)
  await page.getByLabel('Pasted text').fill(['oligo\tdna\tscore', ...rows].join('\n'))
  await page.getByRole('button', { name: 'Use pasted text' }).click()
  await expect(page.getByRole('list', { name: 'Chosen files' })).toContainText('Pasted text')
  await expect(page.getByRole('button', { name: 'Check the files' })).toBeDisabled()
  await expect(page.getByText('Say which column holds the activity of a cell type, or counts of DNA and RNA.').last()).toBeVisible()
  await setRole(page, 'score', 'Activity')
  await expect(page.getByText(/Name the cell type of Pasted text/).last()).toBeVisible()
  await page.getByLabel('Cell type of the whole table').fill('HepG2')
  await checkFiles(page)
  await expect(summary(page)).toContainText('12 elements in HepG2')
  await importAs(page, 'Pasted')
})

test('problems of all three kinds: what blocks is decided, what is dropped and noted is told', async ({ openPage, file }) => {
  const page = await openPage()
  const good = numbers(30).map((n) => [`enh_${n}`, sequence(n), n === 7 ? 'NA' : n / 10].join('\t'))
  const rows = [...good, ['twin', sequence(3), 0.4].join('\t'), ['protein', 'MEEPQSDPSVEPPLSQETFSDLWKLLPENNVL', 1].join('\t')]
  await chooseImportFiles(page, [await file('mixed.tsv', ['name\tsequence\tHepG2', ...rows].join('\n'))])
  await expect(head(page, 'sequence')).toHaveAccessibleName(/Sequence; likely/)
  await checkFiles(page)
  const blocking = page.getByRole('region', { name: 'Must be decided' }).getByRole('listitem', { name: 'Records that are not DNA' })
  await expect(blocking).toContainText('mixed.tsv, line 33')
  await expect(page.getByText('Decide first: Records that are not DNA.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
  await expectAccessible(page)
  await blocking.getByRole('radio', { name: 'Go on without them' }).check()
  const left = page.getByRole('region', { name: 'Is left out' })
  await expect(left.getByRole('listitem', { name: 'Records that are not DNA' })).toContainText('It is left out.')
  await expect(left.getByRole('listitem', { name: 'Values that are missing or infinite' })).toBeVisible()
  const noted = page.getByRole('region', { name: 'Good to know' })
  await expect(noted.getByRole('listitem', { name: 'Equal sequences' })).toContainText('2 elements')
  await importAs(page, 'Mixed')
})

test('a mapping is saved as a template, applied to the next table, and removed', async ({ openPage, file }) => {
  const page = await openPage()
  const table = (offset: number) =>
    ['what\tdna\tx1\tx2', ...numbers(15).map((n) => [`e${n + offset}`, sequence(n + offset), n, n / 2].join('\t'))].join('\n')
  await chooseImportFiles(page, [await file('first.tsv', table(0))])
  await setRole(page, 'x2', 'Label')
  await setRole(page, 'x1', 'Activity')
  await page.getByRole('button', { name: 'Templates' }).click()
  await page.getByLabel('Save these columns as').fill('My lab’s tables')
  await page.getByRole('button', { name: 'Save template' }).click()
  await expect(page.getByText('Saved as My lab’s tables.')).toBeVisible()
  await page.getByRole('button', { name: 'Start over' }).click()

  await chooseImportFiles(page, [await file('second.tsv', table(100))])
  await expect(head(page, 'x2')).toHaveAccessibleName(/Activity/)
  await page.getByRole('button', { name: 'Apply My lab’s tables, which fits' }).click()
  await expect(head(page, 'x2')).toHaveAccessibleName(/Label; yours/)
  await page.getByRole('button', { name: 'Templates' }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Remove My lab’s tables' }).click()
  await expect(page.getByRole('list', { name: 'Saved templates' })).toHaveCount(0)
})

test('thousands of columns are found by name, shown in pages and given a role together', async ({ openPage, file }) => {
  const page = await openPage()
  const header = ['name', 'sequence', 'HepG2', ...numbers(3000).map((n) => `feature ${n}`)]
  const rows = numbers(20).map((n) => [`enh_${n}`, sequence(n), n / 4, ...numbers(3000).map((f) => (n * f) % 7)].join('\t'))
  await chooseImportFiles(page, [await file('many.tsv', [header.join('\t'), ...rows].join('\n'))])
  await expect(page.getByRole('columnheader')).toHaveCount(25)
  await expect(page.getByText('1 – 24 of 3,003')).toBeVisible()
  await page.getByRole('textbox', { name: 'Find columns' }).fill('feature')
  await page.getByLabel('All found are').selectOption('Not used')
  await page.getByRole('button', { name: 'Apply to 3,000 columns' }).click()
  await expect(head(page, 'feature 1')).toHaveAccessibleName(/Not used; yours/)
  await checkFiles(page)
  await expect(summary(page)).toContainText('20 elements in HepG2')
})

/** Holds what the page asks of the core, until two messages wait: a request, and its being stopped. */
async function holdRequests(page: Page): Promise<{ hold: () => Promise<void> }> {
  let held: Promise<void> | null = null
  let isHeld = () => {}
  await page.routeWebSocket('**/channel', (socket) => {
    const server = socket.connectToServer()
    const waiting: (string | Buffer)[] = []
    socket.onMessage((message) => {
      if (!held) return server.send(message)
      waiting.push(message)
      isHeld()
      if (waiting.length < 2) return
      held = null
      for (const one of waiting.splice(0)) server.send(one)
    })
  })
  return { hold: () => (held = new Promise((resolve) => (isHeld = resolve))) }
}

test('checking and importing can be stopped: nothing chosen is lost, and no half dataset is left', async ({ page, openPage, file }) => {
  const { hold } = await holdRequests(page)
  await openPage()
  const rows = numbers(30).map((n) => [`enh_${n}`, sequence(n), n / 10].join('\t'))
  await chooseImportFiles(page, [await file('t.tsv', ['name\tsequence\tHepG2', ...rows].join('\n'))])
  const checking = hold()
  await page.getByRole('button', { name: 'Check the files' }).click()
  await checking
  await page.getByRole('button', { name: 'Stop checking' }).click()
  await expect(page.getByRole('button', { name: 'Check the files' })).toBeEnabled()
  await expect(page.getByRole('heading', { level: 2, name: 'Files' })).toBeVisible()

  await checkFiles(page)
  await expect(summary(page)).toContainText('30 elements')
  await page.getByLabel('Dataset name').fill('Half')
  const importing = hold()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await importing
  await page.getByRole('button', { name: 'Stop importing' }).click()
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeEnabled()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Datasets' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Datasets' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Half' })).toHaveCount(0)
  await page.goBack()
  await importAs(page, 'Half')
})

test('a report outlives leaving the page, and its reload', async ({ openPage }) => {
  const page = await openPage()
  await chooseImportFiles(page, libraryFiles)
  await checkFiles(page)
  await page.getByLabel('Dataset name').fill('Kept')
  await page.getByRole('slider', { name: 'Minimum of barcodes' }).fill('25')
  await expect(page.getByRole('listitem', { name: 'Values from too few barcodes' })).toContainText('fewer than 25 barcodes')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await page.goBack()
  await expect(page.getByLabel('Dataset name')).toHaveValue('Kept')
  await page.reload()
  await expect(page.getByLabel('Dataset name')).toHaveValue('Kept')
  await expect(page.getByRole('slider', { name: 'Minimum of barcodes' })).toHaveValue('25')
  await importAs(page, 'Kept')
})

test('what was read and is not in memory any more is told plainly, and read again', async ({ openPage, file }) => {
  const page = await openPage()
  const rows = numbers(30).map((n) => [`enh_${n}`, sequence(n), n / 10].join('\t'))
  await chooseImportFiles(page, [await file('t.tsv', ['name\tsequence\tHepG2', ...rows].join('\n'))])
  await checkFiles(page)
  // As it is when the core was begun anew: it knows no such handle.
  await page.evaluate(`(() => {
    const key = 'import being put together'
    const kept = JSON.parse(sessionStorage.getItem(key))
    kept.prepared.prepared = 'gone'
    sessionStorage.setItem(key, JSON.stringify(kept))
  })()`)
  await page.reload()
  await expect(page.getByText('What was read of these files is not in memory any more.')).toBeVisible()
  await page.getByRole('button', { name: 'Read the files again' }).click()
  await expect(summary(page)).toContainText('30 elements')
})

test('an import by keyboard alone', async ({ openPage, file }) => {
  const page = await openPage('/datasets/import')
  const press = async (target: Parameters<typeof tabTo>[1], key = 'Enter') => {
    await tabTo(page, target)
    await page.keyboard.press(key)
  }
  const rows = numbers(25).map((n) => [`enh_${n}`, sequence(n), n / 10, n % 3].join('\t'))
  const path = await file('keys.tsv', ['name\tsequence\tHepG2\tplate', ...rows].join('\n'))
  const chooser = page.waitForEvent('filechooser')
  await press(page.getByRole('button', { name: 'choose files' }))
  await (await chooser).setFiles(path)
  await press(head(page, 'plate'))
  const editor = page.getByRole('group', { name: 'What plate holds' })
  await expect(editor.getByLabel('Holds')).toBeFocused()
  await page.keyboard.type('Label')
  await expect(head(page, 'plate')).toHaveAccessibleName(/Label; yours/)
  await page.keyboard.press('Escape')
  await expect(editor).toBeHidden()
  await press(page.getByRole('button', { name: 'Check the files' }))
  await tabTo(page, page.getByLabel('Dataset name'))
  await page.keyboard.press('Control+A')
  await page.keyboard.type('By keyboard')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'By keyboard' })).toBeVisible()
})

test('the same data again is told with a link', async ({ openPage }) => {
  const page = await openPage()
  await importDataset(page, 'Once', libraryFiles)
  await chooseImportFiles(page, libraryFiles)
  await checkFiles(page)
  await page.getByRole('link', { name: 'Once' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Once' })).toBeVisible()
})
