import { library, libraryFiles } from './support/fixtures.ts'
import { expectRunState, importDataset, launch } from './support/journey.ts'
import { expect, expectAccessible, test } from './support/test.ts'

const sequences = '>enh_1\nACGTGGACTTTGGACCTAGGCTAACGTTGACCTTTGCACAAGTCCATGACGATCGGATTACA\n>enh_2\nGATTACAGATTACAGGGCCCATTTACGATCGA\n'

test('a model is saved to a file, comes back from it and scores the same; a run is reproduced to the last bit', async ({ openPage }) => {
  const page = await openPage()
  const main = page.getByRole('navigation', { name: 'Main' })
  await importDataset(page, 'Joint library', libraryFiles)
  await launch(page, { variants: ['embedding'], recipe: 'seed', epochs: 2 })
  await expectRunState(page, 1, 'Completed')
  await page.getByRole('link', { name: 'Run 1', exact: true }).click()

  const provenance = page.getByRole('region', { name: 'Provenance' })
  for (const fact of ['Processor', 'Memory', 'GPU', 'Dataset’s fingerprint', 'Split’s fingerprint', 'TensorFlow.js']) {
    await expect(provenance.getByText(fact, { exact: true })).toBeVisible()
  }
  await expectAccessible(page)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the model' }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toBe('Joint_library_embedding_run_1.safetensors')
  const file = test.info().outputPath(saved.suggestedFilename())
  await saved.saveAs(file)

  await test.step('score with the run, then with the file', async () => {
    const scored: string[][] = []
    for (const from of ['run', 'file']) {
      await main.getByRole('link', { name: 'Scan' }).click()
      if (from === 'file') {
        await page.getByLabel('Model file').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no model') })
        await expect(page.getByText('notes.txt is not a model: it is no safetensors file. Nothing was changed.')).toBeVisible()
        await page.getByLabel('Model file').setInputFiles(file)
        const imported = page.getByRole('region', { name: 'Imported model Joint_library_embedding_run_1' })
        await expect(imported).toContainText(library.cellTypes.join(', '))
        await expectAccessible(page)
      }
      await page.getByLabel('Or paste sequences').fill(sequences)
      await page.getByRole('button', { name: 'Check pasted sequences' }).click()
      await page.getByRole('button', { name: 'Score', exact: true }).click()
      await expect(page.getByText(/^2 sequences .* scored/)).toBeVisible()
      scored.push(await page.getByRole('table', { name: 'Scores', exact: true }).getByRole('cell').allInnerTexts())
    }
    expect(scored[1]).toEqual(scored[0])
    await expect(page.getByText('Joint_library_embedding_run_1, imported')).toBeVisible()
  })

  await test.step('put it into the bin, and bring it back', async () => {
    await main.getByRole('link', { name: 'Scan' }).click()
    await page.getByRole('button', { name: 'Put it into the bin' }).click()
    await page.reload()
    await page.getByText('Models in the bin (1)').click()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Bring it back: Joint_library_embedding_run_1' }).click()
    await expect(page.getByText('Models in the bin (1)')).toHaveCount(0)
  })

  await test.step('reproduce the run', async () => {
    await main.getByRole('link', { name: 'Experiments' }).click()
    await page.getByRole('link', { name: 'Run 1', exact: true }).click()
    await page.getByRole('button', { name: 'Reproduce this run' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Run 2 · embedding' })).toBeVisible()
    await expect(page.getByText('Byte-equal to run 1: every weight is the same to the last bit.')).toBeVisible({ timeout: 120_000 })
    await expectAccessible(page)
  })
})
