import type { Page } from '@playwright/test'
import { runRow } from './support/journey.ts'
import { takePicture } from './support/pictures.ts'
import { expect, expectAccessible, test } from './support/test.ts'

const cellTypes = ['HepG2', 'K562', 'WTC11']

test('the demo, from one press on Home to a verdict', async ({ openPage }) => {
  test.setTimeout(900_000)
  const page = await openPage()
  const goTo = (name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Explore the demo' }).click()
  await expect(page.getByText(/^Training (baseline|embedding), [12] of 4 variants/)).toBeVisible({ timeout: 120_000 })
  await takePicture(page, 'demo-making')
  await lookAtTraining(page)
  // It opens by itself once all four are trained.
  await expect(page.getByRole('heading', { level: 1, name: 'Compare' })).toBeVisible({ timeout: 600_000 })

  const matrix = page.getByRole('table', { name: 'Pearson r by variant and cell type' })
  const rowOf = async (name: string) => {
    const row = matrix.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) })
    return (await row.getByRole('cell').allInnerTexts()).map((text) => Number(/-?\d\.\d+/.exec(text)?.[0]))
  }
  await expect(matrix).toContainText('embedding')
  await expect(page.getByText(/the highest Pearson r over all cell types/)).toBeVisible()
  const ceilings = (await rowOf('Noise ceiling')).slice(0, cellTypes.length)
  for (const ceiling of ceilings) expect(Math.abs(ceiling - 0.86)).toBeLessThan(0.06)
  for (const told of ['embedding', 'full']) {
    const reached = await rowOf(told)
    for (const untold of ['baseline', 'attention']) {
      const beside = await rowOf(untold)
      // The planted motifs act in one cell type each: a variant that is told the cell type gains much in all of them.
      cellTypes.forEach((_, i) => expect(reached[i]! - beside[i]!).toBeGreaterThan(0.1))
    }
    const shares = ceilings.map((ceiling, i) => reached[i]! / ceiling)
    for (const share of shares) expect(share).toBeGreaterThan(0.8)
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeGreaterThan(0.85)
    for (const share of shares) expect(share).toBeLessThan(1)
  }
  await expectAccessible(page)
  await takePicture(page, 'compare')

  await goTo('Scan')
  await page.getByRole('button', { name: 'Try six examples' }).click()
  await expect(page.getByText('looks like protein').first()).toBeVisible()
  await takePicture(page, 'pre-flight')
  await page.getByRole('button', { name: 'Score', exact: true }).click()
  await expect(page.getByText(/^5 sequences .* scored/)).toBeVisible()
  await takePicture(page, 'scan')

  await goTo('Datasets')
  await page.getByRole('link', { name: 'Simulated demo' }).click()
  await expect(page.getByText(/simulated/i).first()).toBeVisible()
  await takePicture(page, 'dataset')
  await goTo('Experiments')
  for (const id of [1, 2, 3, 4]) await expect(runRow(page, id)).toContainText('Completed')
  await takePicture(page, 'experiments')
  await goTo('Home')
  await takePicture(page, 'home')
  // From now on it opens on its results.
  await page.getByRole('button', { name: 'Explore the demo' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Compare' })).toBeVisible()
})

/** A second page of the same workbench shows a run while it trains; the first is left as it is. */
async function lookAtTraining(page: Page): Promise<void> {
  const other = await page.context().newPage()
  await other.goto(new URL('/experiments/runs/1', page.url()).href)
  await expect(other.getByText(/After epoch ([5-9]|\d\d) the training loss is/)).toBeVisible()
  await takePicture(other, 'run-live')
  await other.close()
}
