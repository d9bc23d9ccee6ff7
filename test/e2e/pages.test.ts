import { expect, expectAccessible, test } from './support/test.ts'

const pages = [
  { path: '/', heading: 'Home', next: 'Explore the demo' },
  { path: '/datasets', heading: 'Datasets', next: 'Import data' },
  { path: '/datasets/import', heading: 'Import data', next: 'choose files' },
  { path: '/experiments', heading: 'Experiments', next: /Import data|New experiment|demo/ },
  { path: '/experiments/new', heading: 'New experiment', next: 'Import data' },
  { path: '/experiments/bin', heading: 'Bin of runs', next: 'Go to Experiments' },
  { path: '/experiments/beside', heading: 'Two runs beside each other', next: 'Go to Experiments' },
  { path: '/compare', heading: 'Compare', next: /Import data|New experiment|demo/ },
  { path: '/scan', heading: 'Scan', next: /Import data|New experiment|demo/ },
  { path: '/settings', heading: 'Settings', next: 'Check engines' },
] as const

for (const { path, heading, next } of pages) {
  test(`${path} with nothing in the workspace says what to do next, in light and in dark`, async ({ openPage }) => {
    const page = await openPage(path)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expect(page.locator(`.v-application.v-theme--${colorScheme}`)).toBeVisible()
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
      await expect(
        page
          .getByRole('main')
          .getByRole('button', { name: next })
          .or(page.getByRole('main').getByRole('link', { name: next }))
          .first(),
      ).toBeVisible()
      await expectAccessible(page)
    }
  })
}

test('an address that leads nowhere leads back', async ({ openPage }) => {
  const page = await openPage('/nowhere')
  await expectAccessible(page)
  await page.getByRole('main').getByRole('link', { name: 'Go to Home' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
})

test('a page without the token of its address is told where the address is', async ({ browser, workbench }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(workbench.origin)
  await expect(page.getByRole('heading', { level: 1, name: 'Open the address that the workbench printed' })).toBeVisible()
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await expectAccessible(page)
  await context.close()
})

test('the engine check trains a real step on each engine and says what it found', async ({ openPage }) => {
  const page = await openPage('/settings')
  await page.getByRole('button', { name: 'Check engines' }).click()
  const cells = page.getByRole('row', { name: /^TensorFlow/ }).getByRole('cell')
  await expect(cells.nth(1)).toHaveText('Yes', { timeout: 120_000 })
  await expect(cells.nth(2)).toHaveText(/^1 in \d+ (million|thousand)$/)
  await expect(cells.nth(3)).toHaveText(/^[1-9][\d,]*$/)
  await expectAccessible(page)
})

test('the appearance that is chosen stays chosen', async ({ openPage }) => {
  const page = await openPage('/settings')
  await page
    .locator('label')
    .filter({ hasText: /^Dark$/ })
    .click()
  await expect(page.locator('.v-theme--dark').first()).toBeAttached()
  await page.reload()
  await expect(page.locator('.v-theme--dark').first()).toBeAttached()
})
