import { library, libraryFiles } from './support/fixtures.ts'
import { importDataset } from './support/journey.ts'
import { expect, test } from './support/test.ts'

test('files that are chosen while others are on their way join them', async ({ openPage }) => {
  const page = await openPage('/datasets/import')
  const firstIsOnItsWay = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  await page.route('**/uploads', async (route) => {
    firstIsOnItsWay.resolve()
    await release.promise
    await route.continue()
  })
  const input = page.getByLabel('Files to import').locator('input')
  await input.setInputFiles(library.fasta)
  await firstIsOnItsWay.promise
  await input.setInputFiles(Object.values(library.activities))
  release.resolve()
  const chosen = page.getByRole('list', { name: 'Chosen files' }).getByRole('listitem')
  await expect(chosen).toHaveCount(4)
  await expect(chosen.first()).toContainText('library.fasta')
  await expect(page.getByRole('button', { name: 'Check the files' })).toBeEnabled()
})

test('reading the files can be stopped, and begun again', async ({ openPage }) => {
  const page = await openPage('/datasets/import')
  const release = Promise.withResolvers<void>()
  let held = 0
  await page.route('**/uploads', async (route) => {
    if (held++ === 0) await release.promise
    await route.continue().catch(() => undefined)
  })
  const input = page.getByLabel('Files to import').locator('input')
  await input.setInputFiles([library.fasta, library.activities.HepG2])
  await page.getByRole('button', { name: 'Stop reading the files' }).click()
  await expect(page.getByRole('progressbar')).toHaveCount(0)
  release.resolve()
  await input.setInputFiles([library.activities.K562])
  const chosen = page.getByRole('list', { name: 'Chosen files' }).getByRole('listitem')
  await expect(chosen).toHaveCount(1)
  await expect(chosen).toContainText('K562.tsv.gz')
})

test('a file that is dropped beside its place does not take the page’s', async ({ openPage }) => {
  const page = await openPage('/datasets/import')
  await expect(page.getByRole('heading', { level: 1, name: 'Import data' })).toBeVisible()
  const prevented = await page.evaluate(`
    ['dragover', 'drop'].map((type) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File(['>a'], 'a.fa'))
      const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })
      document.querySelector('h1').dispatchEvent(event)
      return event.defaultPrevented
    })`)
  expect(prevented).toEqual([true, true])
})

test('the demo goes on being made when its page is left, and pulls nobody back', async ({ openPage }) => {
  const page = await openPage()
  const goTo = (name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click()
  await page.getByRole('button', { name: 'Explore the demo' }).click()
  await goTo('Settings')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await goTo('Home')
  await expect(page.getByRole('button', { name: 'Stop making the demo' })).toBeVisible()
  await expect(page.getByRole('link', { name: /^Run \d+ · / })).toHaveCount(4, { timeout: 120_000 })
  await expect(page.getByRole('button', { name: 'Stop making the demo' })).toBeHidden({ timeout: 120_000 })
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await goTo('Datasets')
  await expect(page.getByRole('link', { name: 'Simulated demo' })).toHaveCount(1)
})

test('a form that is sent again before its answer has come starts its runs once', async ({ page, openPage }) => {
  let hold = false
  const held: (() => void)[] = []
  const firstAnswer = Promise.withResolvers<void>()
  await page.routeWebSocket('**/channel', (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => {
      if (!hold) return socket.send(message)
      held.push(() => socket.send(message))
      firstAnswer.resolve()
    })
  })
  await openPage()
  await importDataset(page, 'Joint library', libraryFiles)
  await page.getByRole('link', { name: 'New experiment' }).click()
  await expect(page.getByRole('button', { name: 'Start training' })).toBeEnabled()
  const send = () => page.evaluate("document.querySelector('form').requestSubmit()")
  hold = true
  await send()
  // The runs are there; the page has not been told.
  await firstAnswer.promise
  await send()
  hold = false
  for (const tell of held) tell()
  await expect(page.getByRole('heading', { level: 1, name: 'Experiments' })).toBeVisible()
  await expect(page.getByRole('link', { name: /^Run \d+$/ })).toHaveCount(4)
})
