import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import readXlsx from 'read-excel-file/node'
import { commandLineJson } from './support/commandLine.ts'
import { choose } from './support/journey.ts'
import { takePicture } from './support/pictures.ts'
import { svgTexts } from './support/svgTexts.ts'
import { expect, expectAccessible, test } from './support/test.ts'

const cellTypes = ['HepG2', 'K562', 'WTC11']

const withRuns = test.extend({
  workspace: async ({ workspace }, use) => {
    const at = ['--workspace', workspace]
    await commandLineJson('demo', '--elements', '600', '--name', 'Small library', ...at)
    const recipe = ['--recipe', 'seed', '--epochs', '2', '--seed', '1,2']
    await commandLineJson('train', '--dataset', 'Small library', '--variants', 'baseline,embedding', ...recipe, ...at)
    await use(workspace)
  },
})
const region = (page: Page, name: string | RegExp) => page.getByRole('region', { name })
const matrixOf = (page: Page, measure = 'Pearson r') => page.getByRole('table', { name: `${measure} by variant and cell type` })
const untilSure = (page: Page) => expect(region(page, 'Verdict')).toContainText('1,000 resamples')

withRuns('the comparison: verdict, matrix, intervals, closer look, disagreements, and an ensemble', async ({ openPage, workspace }) => {
  const page = await openPage('/compare')
  let sharedFile = ''

  await withRuns.step('the matrix has a number, an interval and a meaning in every cell', async () => {
    await untilSure(page)
    for (const row of [/^baseline/, /^embedding/]) {
      const cells = matrixOf(page)
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: row }) })
        .getByRole('cell')
      await expect(cells).toHaveCount(cellTypes.length + 1)
      for (const text of await cells.allInnerTexts()) expect(text).toMatch(/[−]?0\.\d{3}\s+± 0\.\d{3}\s+−?0\.\d{3} to −?0\.\d{3}/)
    }
    for (const name of cellTypes) await expect(matrixOf(page).getByRole('columnheader', { name })).toContainText(/n = \d+/)
    await expect(matrixOf(page).getByRole('row', { name: /^Noise ceiling/ })).toContainText(/0\.\d{3}/)
    const verdict = region(page, 'Verdict')
    for (const name of cellTypes) await expect(verdict).toContainText(new RegExp(`${name}.*(beats|lead|[Nn]othing can be told)`))
    await matrixOf(page).locator('.value[tabindex="0"]').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('tooltip').filter({ hasText: /embedding in K562: Pearson r .* the mean over 2 seeds/ })).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await withRuns.step('a line is marked as best only where the pairs say so', async () => {
    await choose(page, 'MAE')
    await untilSure(page)
    await page.getByRole('button', { name: 'Differences of each pair' }).click()
    const pairs = page.getByRole('table', { name: 'Differences in MAE' })
    const told = await pairs.getByRole('cell').allInnerTexts()
    const heads = await matrixOf(page, 'MAE')
      .getByRole('row')
      .filter({ hasNot: page.getByRole('columnheader') })
      .all()
    for (const [column, text] of told.entries()) {
      const marked: string[] = []
      for (const row of heads) {
        const cell = row.getByRole('cell').nth(column)
        if ((await cell.innerText()).includes('best')) marked.push((await row.getByRole('rowheader').innerText()).split('\n')[0]!)
      }
      expect(marked).toEqual(text.includes('cannot be told') ? [] : [/(\w+) better/.exec(text)![1]])
    }
    await expect(page).toHaveURL(/measure=mae/)
    await choose(page, 'Pearson r')
    await untilSure(page)
    await expectAccessible(page)
    await takePicture(page, 'comparison')
  })

  await withRuns.step('a filter keeps fewer elements, and stands in the address', async () => {
    const verdict = region(page, 'Verdict')
    await expect(verdict).toContainText(/2 models on the same \d+ test elements/)
    const all = Number(/same (\d+) test elements/.exec(await verdict.innerText())![1])
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('button', { name: 'More filters' }).click()
    await page.getByLabel('Highest GC (%)').fill('50')
    await expect(verdict).toContainText(new RegExp(`\\d+ of ${all} test elements \\(filtered\\)`))
    const kept = Number(/same (\d+) of/.exec(await verdict.innerText())![1])
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThan(all)
    await expect(page).toHaveURL(/filter=/)
    await page.reload()
    await expect(verdict).toContainText(`${kept} of ${all} test elements (filtered)`)
    await page.getByRole('button', { name: 'Clear filter' }).click()
    await expect(verdict).toContainText(`${all} test elements`)
    await expect(page).not.toHaveURL(/filter=/)
  })

  await withRuns.step('the drawings can be saved, with their numbers as text', async () => {
    await untilSure(page)
    await page.getByRole('button', { name: 'Save chart: Pearson r on Small library' }).click()
    const download = page.waitForEvent('download')
    await page.getByText('SVG drawing').click()
    const svg = await readFile(await (await download).path(), 'utf8')
    const texts = await svgTexts(page, svg)
    for (const cell of await matrixOf(page)
      .getByRole('row', { name: /^embedding/ })
      .getByRole('cell')
      .all())
      expect(texts).toContain(/−?0\.\d{3}/.exec(await cell.innerText())![0])
  })

  await withRuns.step('the table opens as a workbook', async () => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download XLSX: Pearson r on Small library' }).click()
    const sheets = await readXlsx(await (await download).path())
    const rows = (Array.isArray(sheets[0]) ? sheets : (sheets[0] as unknown as { data: unknown[][] }).data) as unknown[][]
    expect(rows[0]).toEqual(expect.arrayContaining(['model', 'cell_type', 'pearson_mean', 'ci95_low', 'ci95_high', 'noise_ceiling']))
    expect(rows.slice(1).map((row) => [row[0], row[1]])).toEqual(
      ['baseline', 'embedding'].flatMap((model) => [...cellTypes, 'all'].map((cellType) => [model, cellType])),
    )
    expect(typeof rows[1]![3]).toBe('number')
  })

  await withRuns.step('the whole comparison leaves as a report, as predictions and as one file', async () => {
    const sentences = (await region(page, 'Verdict').getByRole('definition').allInnerTexts()).map((text) => text.trim())
    expect(sentences.length).toBeGreaterThanOrEqual(cellTypes.length)
    const report = async (format: string) => {
      await page.getByRole('button', { name: 'Report …' }).click()
      const dialog = page.getByRole('dialog', { name: 'Report' })
      await dialog.getByLabel('Your question (optional)').fill('Which can I trust in WTC11?')
      await choose(page, format)
      await expectAccessible(page)
      const download = page.waitForEvent('download')
      await dialog.getByRole('button', { name: 'Make report' }).click()
      const bytes = await readFile(await (await download).path())
      await expect(dialog).toBeHidden()
      return { bytes, name: (await download).suggestedFilename() }
    }
    const html = await report('HTML')
    expect(html.name).toBe('Small library report.html')
    const text = html.bytes.toString('utf8').replaceAll('&amp;', '&')
    for (const said of ['Which can I trust in WTC11?', ...sentences]) expect(text).toContain(said)
    const pdf = await report('PDF')
    expect([pdf.name, pdf.bytes.toString('latin1', 0, 5)]).toEqual(['Small library report.pdf', '%PDF-'])
    const xlsx = await report('XLSX')
    const sheets = await readXlsx(xlsx.bytes)
    const measures = sheets.find(({ sheet }) => sheet === 'Measures')!.data
    expect(measures).toHaveLength(1 + 4 * (cellTypes.length + 1))

    const saved = async (item: string, press: () => Promise<void>) => {
      await page.getByRole('button', { name: 'Save or share' }).click()
      const download = page.waitForEvent('download')
      await page.getByText(item).click()
      await press()
      return { bytes: await readFile(await (await download).path()), name: (await download).suggestedFilename() }
    }
    const table = (await saved('All predictions as TSV', async () => {})).bytes.toString('utf8').trimEnd().split('\n')
    const elements = Number(/same ([\d,]+) test elements/.exec(await region(page, 'Verdict').innerText())![1]!.replace(',', ''))
    expect(table).toHaveLength(1 + elements)
    expect(table[0]!.split('\t')).toEqual(
      expect.arrayContaining(['name', ...cellTypes.flatMap((name) => [`${name} measured`, `${name} embedding`])]),
    )
    const shared = await saved('Share the runs as one file …', async () => {
      const dialog = page.getByRole('dialog', { name: 'Share the runs' })
      await expect(dialog.getByRole('heading', { name: 'Share 4 runs as one file' })).toBeVisible()
      await expectAccessible(page)
      await dialog.getByRole('button', { name: 'Save file' }).click()
    })
    const file = join(workspace, shared.name)
    await writeFile(file, shared.bytes)
    const look = await commandLineJson<object>('open-shared', file, '--look', '--workspace', workspace)
    expect(JSON.stringify(look)).toContain('Small library')
    sharedFile = file
  })

  await withRuns.step('a closer look at one line, and at one seed of it', async () => {
    const closer = region(page, 'A closer look')
    await expect(
      closer.getByText(/^Predicted against measured activity by (baseline|embedding), the mean prediction of 2 seeds: r = /),
    ).toBeVisible()
    await closer.getByRole('combobox', { name: 'Model' }).press('Enter')
    await page.getByRole('option', { name: 'embedding' }).click()
    await closer.getByRole('combobox', { name: 'Predictions' }).press('Enter')
    await page.getByRole('option', { name: /^Seed 2/ }).click()
    await expect(closer.getByText(/^Predicted against measured activity by embedding, seed 2 \(run \d+\)/)).toBeVisible()
    await expect(closer.getByText(/^Differences between cell types, predicted by embedding/)).toBeVisible()
    await choose(page, 'Motif family')
    await expect(closer.getByText(/off, by the motif family of the best hit/)).toBeVisible()
    await expect(page).toHaveURL(/member=1/)
  })

  await withRuns.step('two seeds’ mean is an ensemble that is compared beside its runs', async () => {
    await page.getByRole('button', { name: 'Make an ensemble' }).click()
    const dialog = page.getByRole('dialog', { name: 'Make an ensemble' })
    await dialog.getByLabel('Ensemble name').fill('All four')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Make ensemble' }).click()
    await expect(matrixOf(page).getByRole('rowheader', { name: 'All four' })).toBeVisible()
    await untilSure(page)
    await expect(page).toHaveURL(/ensembles=1/)
    const list = page.getByRole('table', { name: 'Ensembles' })
    await list.getByRole('button', { name: 'Rename All four' }).click()
    await page.getByRole('textbox', { name: 'Ensemble name' }).fill('Mean of all')
    await page.getByRole('button', { name: 'Save name' }).click()
    await expect(matrixOf(page).getByRole('rowheader', { name: 'Mean of all' })).toBeVisible()
    await list.getByRole('button', { name: 'Move Mean of all to the bin' }).click()
    await expect(matrixOf(page).getByRole('rowheader', { name: 'Mean of all' })).toHaveCount(0)
    await page.getByText('1 ensemble in the bin').click()
    await page.getByRole('button', { name: 'Restore Mean of all' }).click()
    await expect(list).toContainText('Mean of all')
  })

  await withRuns.step('where two lines disagree: an element in full, and on to the scan', async () => {
    const section = region(page, 'Where two models disagree most')
    await section.scrollIntoViewIfNeeded()
    const apart = (
      await section
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader') })
        .allInnerTexts()
    ).map((text) => Number(text.split('\t').at(-2)))
    expect(apart.length).toBe(20)
    expect(apart).toEqual([...apart].sort((a, b) => b - a))
    const name = await section.getByRole('rowheader').first().innerText()
    await section.getByRole('rowheader').first().getByRole('button').click()
    await expect(page.getByRole('dialog', { name: 'Element' }).getByRole('heading', { name })).toBeVisible()
    await page.getByRole('button', { name: 'Close' }).click()
    await section.getByRole('button', { name: 'Score these 20 elements' }).click()
    await expect(page).toHaveURL(/\/scan\/new$/)
    await expect(page.getByText('All 20 sequences can be scored.')).toBeVisible()
    await page.getByRole('button', { name: 'Choose other sequences' }).click()
    await expect(page.getByRole('textbox', { name: 'Or paste sequences' })).toHaveValue(
      new RegExp(`^>${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\n[ACGTN]+\n>`),
    )
  })

  await withRuns.step('shared runs that are here already are told, and shown', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Experiments' }).click()
    await page.getByRole('button', { name: 'Open shared runs …' }).click()
    const dialog = page.getByRole('dialog', { name: 'Open shared runs' })
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: 'notes.zip', mimeType: 'application/zip', buffer: Buffer.from('no zip') })
    await expect(dialog.getByRole('alert')).toBeVisible()
    await dialog.locator('input[type=file]').setInputFiles(sharedFile)
    await expect(dialog.getByText('All of its runs are here already and stay as they are.')).toBeVisible()
    await expect(dialog.getByRole('alert')).toHaveCount(0)
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Show the runs' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('table', { name: 'Runs' })).toBeVisible()
  })
})

withRuns('a run that is alone, a link to chosen runs, and a choice of none', async ({ openPage }) => {
  const page = await openPage('/compare?dataset=1&runs=3')
  await untilSure(page)
  await expect(matrixOf(page).getByRole('rowheader')).toHaveCount(2)
  await expect(matrixOf(page).getByRole('rowheader', { name: 'embedding', exact: true })).toBeVisible()
  await expect(region(page, 'Verdict')).toContainText(/HepG2.*embedding reaches Pearson/)
  await expect(page.getByRole('region', { name: 'Where two models disagree most' })).toHaveCount(0)
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Choose runs' }).click()
  await page.getByRole('checkbox', { name: 'baseline', exact: true }).check()
  await expect(matrixOf(page).getByRole('rowheader', { name: /^baseline/ })).toBeVisible()
  await expect(page).toHaveURL(/runs=1,2,3|runs=1%2C2%2C3/)
  await expectAccessible(page)
  await page.goto(new URL('/compare?dataset=1&runs=none', page.url()).href)
  await expect(page.getByRole('heading', { name: 'Nothing is chosen that can be compared' })).toBeVisible()
  await page.getByRole('button', { name: 'Compare all runs' }).click()
  await expect(matrixOf(page).getByRole('rowheader', { name: /^embedding/ })).toBeVisible()

  await page.goto(new URL('/compare?dataset=1&runs=99', page.url()).href)
  await page.getByRole('button', { name: 'Compare all runs' }).click()
  await expect(matrixOf(page).getByRole('rowheader', { name: /^embedding/ })).toBeVisible()
})
