import { readFile } from 'node:fs/promises'
import { variants } from '../../src/shared/domain/variants.ts'
import { library, libraryFiles } from './support/fixtures.ts'
import { choose, dropFile, expectRunState, importDataset, launch, runRow } from './support/journey.ts'
import { expect, expectAccessible, test } from './support/test.ts'

const messySequences = [
  '>enh_1 a designed enhancer|HNF4A:2',
  'ACGTGGACTTTGGACCTAGGCTAACGTTGACCTTTGCACAAGTCCATGACGATCGGATTACA',
  '>enh_2 in lower case',
  'acgtggactttggacctaggctaacgttgacctttgcacaagtccatgacgatcggattaca',
  '>enh_3',
  'MEEPQSDPSVEPPLSQETFSDLWKLLPENNVL',
  '>enh_4 with N',
  `ACGTNNNN${'GATTACA'.repeat(10)}`,
  '>enh_5 too long',
  'GATTACACCT'.repeat(40),
  '',
].join('\n')

test('from ENCODE’s files to a table of four variants by three cell types, and scores', async ({ openPage }) => {
  const page = await openPage()

  await test.step('import the files and read what matched', async () => {
    await importDataset(page, 'Joint library', libraryFiles)
    await expect(page.getByText(`${library.elements} elements have both a sequence and an activity.`)).toBeVisible()
    const unmatched = page.getByRole('region', { name: 'Matched and unmatched names' })
    await expect(unmatched.getByRole('row', { name: 'Sequences without an activity' })).toContainText(String(library.unmatchedSequences))
    await expectAccessible(page)

    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download unmatched names (TSV)' }).click()
    const lines = (await readFile(await (await download).path(), 'utf8')).trimEnd().split('\n')
    expect(lines[0]).toBe('side\tcell_type\tname')
    expect(lines.filter((line) => line.startsWith('sequence\t'))).toHaveLength(library.unmatchedSequences)
  })

  await test.step('train the four variants and watch one', async () => {
    await launch(page, { variants, recipe: 'seed', epochs: 12 })
    await expect(page.getByRole('row').filter({ has: page.getByRole('link', { name: /^Run \d+$/ }) })).toHaveCount(variants.length)
    await page.getByRole('link', { name: 'Run 1', exact: true }).click()
    await expect(page.getByText(/After epoch \d+ the training loss is/)).toBeVisible()
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Experiments' }).click()
    for (const id of [1, 2, 3, 4]) await expectRunState(page, id, 'Completed')
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Run 4', exact: true }).click()
    await expect(page.getByText(/After epoch 12 the training loss is/)).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('compare them in every measure', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Compare' }).click()
    const matrix = page.getByRole('table', { name: 'Pearson r by variant and cell type' })
    for (const name of [...library.cellTypes, 'All cell types']) await expect(matrix.getByRole('columnheader', { name })).toBeVisible()
    for (const variant of variants) {
      const cells = matrix
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: variant }) })
        .getByRole('cell')
      await expect(cells).toHaveCount(4)
      for (const text of await cells.allInnerTexts()) expect(text).toMatch(/[−-]?0\.\d{3}/)
    }
    await expectAccessible(page)
    for (const measure of ['Spearman ρ', 'R²', 'MSE', 'RMSE', 'MAE']) {
      await choose(page, measure)
      await expect(page.getByRole('region', { name: `${measure} by variant and cell type` }).first()).toBeVisible()
    }
    await expect(page.getByRole('heading', { name: /^Published/ })).toBeVisible()
  })

  await test.step('score pasted sequences', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Scan' }).click()
    await page.getByLabel('Or paste sequences').fill(messySequences)
    await page.getByRole('button', { name: 'Check pasted sequences' }).click()
    await expect(page.getByText('enh_3, line 6: E is not a DNA letter. This looks like protein.').first()).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Score', exact: true }).click()
    await expect(page.getByText(/^4 sequences .* scored/)).toBeVisible()
    const scores = page.getByRole('table', { name: 'Scores', exact: true }).getByRole('row')
    await expect(scores).toHaveCount(5)
    await expect(page.getByRole('table', { name: 'Skipped records' })).toContainText('enh_3')
    const scoreOf = async (name: string) => (await scores.filter({ hasText: name }).getByRole('cell').allInnerTexts()).slice(1, 4)
    expect(await scoreOf('enh_2 in lower case')).toEqual(await scoreOf('enh_1 a designed enhancer|HNF4A:2'))
    await expectAccessible(page)

    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await page.getByRole('radio', { name: /^TSV/ }).check()
    await page.getByRole('button', { name: 'Save TSV' }).click()
    const table = (await readFile(await (await download).path(), 'utf8')).trimEnd().split('\n')
    expect(table[0]!.split('\t').slice(0, 5)).toEqual(['name', 'length', ...library.cellTypes])
    expect(table.slice(1).map((line) => line.split('\t')[0])).toEqual([
      'enh_1 a designed enhancer|HNF4A:2',
      'enh_2 in lower case',
      'enh_4 with N',
      'enh_5 too long',
    ])
    await page.getByRole('button', { name: 'Close' }).click()
  })

  await test.step('score a dropped file', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Scan' }).click()
    await dropFile(page.getByRole('group', { name: 'Sequences to score' }), library.fasta)
    await page.getByRole('button', { name: 'Score', exact: true }).click()
    await expect(page.getByText(new RegExp(`^${library.elements + library.unmatchedSequences} sequences .* scored`))).toBeVisible()
    const scores = page.getByRole('table', { name: 'Scores', exact: true })
    await expect(scores).toHaveAttribute('aria-rowcount', '715')
    await page.getByRole('textbox', { name: 'Search sequences by name' }).fill('WTC11_seq')
    await expect(page.getByText(/^\s*\d+ of 714 sequences\./)).toBeVisible()
    await expect(scores.getByRole('rowheader').first()).toContainText('WTC11_seq')
  })

  await test.step('come home to recent work', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Home' }).click()
    await expect(page.getByRole('heading', { name: 'Recent work' })).toBeVisible()
    await expectAccessible(page)
  })
})

test('a run can be stopped, and goes on from its last checkpoint', async ({ openPage }) => {
  const page = await openPage()
  await importDataset(page, 'Joint library', libraryFiles)
  await launch(page, { variants: ['embedding'], recipe: 'seed', epochs: 200 })
  await expect(runRow(page, 1)).toContainText(/[1-9]\d* of 200/)
  await page.getByRole('button', { name: 'Stop run 1' }).click()
  await expectRunState(page, 1, 'Stopped')
  const reached = Number(/(\d+) of 200/.exec(await runRow(page, 1).innerText())![1])
  expect(reached).toBeGreaterThan(0)
  expect(reached).toBeLessThan(200)
  await page.getByRole('button', { name: 'Resume run 1' }).click()
  await expectRunState(page, 1, 'Completed')
  await expect(runRow(page, 1)).toContainText('200 of 200')
})
