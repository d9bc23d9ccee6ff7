import { expectRunState } from './support/journey.ts'
import { takePicture } from './support/pictures.ts'
import { expect, expectAccessible, test } from './support/test.ts'

const cellTypes = ['HepG2', 'K562', 'WTC11']

test('the demo, from one press on Home to a verdict', async ({ openPage }) => {
  test.setTimeout(900_000)
  const page = await openPage()
  const goTo = (name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Explore the demo' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Experiments' })).toBeVisible({ timeout: 120_000 })
  await page.getByRole('link', { name: 'Run 1', exact: true }).click()
  await expect(page.getByText(/After epoch ([5-9]|\d\d) the training loss is/)).toBeVisible()
  await takePicture(page, 'run-live')
  await goTo('Experiments')
  for (const id of [1, 2, 3, 4]) await expectRunState(page, id, 'Completed', 300_000)
  await takePicture(page, 'experiments')

  await goTo('Home')
  await page.getByRole('button', { name: 'Open the demo’s comparison' }).click()
  const matrix = page.getByRole('table', { name: 'Pearson r by variant and cell type' })
  const pearson = async (variant: string) => {
    const row = matrix.getByRole('row').filter({ has: page.getByRole('rowheader', { name: variant, exact: true }) })
    return (await row.getByRole('cell').allInnerTexts()).map((text) => Number(/-?\d\.\d+/.exec(text)?.[0]))
  }
  await expect(matrix).toContainText('embedding')
  const [baseline, embedding] = [await pearson('baseline'), await pearson('embedding')]
  // The planted motifs act in one cell type each: a variant that is told the cell type must gain in all of them.
  cellTypes.forEach((_, i) => expect(embedding[i]).toBeGreaterThan(baseline[i]!))
  for (const r of embedding) expect(r).toBeGreaterThan(0.3)
  await expectAccessible(page)
  await takePicture(page, 'compare')

  await goTo('Scan')
  await page.getByRole('button', { name: 'Try six examples' }).click()
  await expect(page.getByText('looks like protein').first()).toBeVisible()
  await takePicture(page, 'pre-flight')
  await page.getByRole('button', { name: 'Score', exact: true }).click()
  await expect(page.getByText(/5 sequences scored/)).toBeVisible()
  await takePicture(page, 'scan')

  await goTo('Datasets')
  await page.getByRole('link', { name: 'Simulated demo' }).click()
  await expect(page.getByText(/simulated/i).first()).toBeVisible()
  await takePicture(page, 'dataset')
  await goTo('Home')
  await takePicture(page, 'home')
})
