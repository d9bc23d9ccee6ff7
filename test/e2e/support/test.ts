import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { startWorkbench, type RunningWorkbench } from './runningWorkbench.ts'

export { expect }

interface Fixtures {
  /** A folder for one test's workspace; its name has a space and accents, as users' folders do. */
  workspace: string
  /** A workbench on that workspace, ended after the test. */
  workbench: RunningWorkbench
  /** Opens a page of the workbench through its printed address. */
  openPage: (path?: string) => Promise<Page>
}

/** Tests of the browser face: the built server, a real Chromium, and an eye on every request that the page makes. */
export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern.
  workspace: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'enhancer workbench é-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },
  workbench: async ({ workspace }, use) => {
    const workbench = await startWorkbench(workspace)
    await use(workbench)
    await workbench.crash()
  },
  openPage: async ({ page, workbench }, use) => {
    const elsewhere: string[] = []
    const faults: string[] = []
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url())
      if (origin !== workbench.origin && protocol !== 'data:' && protocol !== 'blob:') elsewhere.push(request.url())
    })
    page.on('pageerror', (fault) => faults.push(String(fault)))
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    await use(async (path = '/') => {
      await page.goto(workbench.address)
      await expect(page.getByRole('navigation').first()).toBeVisible()
      // The token leaves the address once it has been changed for a session, which the next page needs.
      await expect(page).toHaveURL(`${workbench.origin}/`)
      if (path !== '/') await page.goto(workbench.origin + path)
      return page
    })
    expect(elsewhere, 'requests that left the workbench').toEqual([])
    expect(faults, 'errors on the page').toEqual([])
  },
})

/** How many changes of the page's look are under way that will end. */
const CHANGING = `document.getAnimations()
  .filter(({ effect, playState }) => playState === 'running' && effect.getComputedTiming().endTime !== Infinity).length`

/** Fails on anything that axe calls serious or critical, contrast included. */
export async function expectAccessible(page: Page): Promise<void> {
  // In the middle of a change of colours a page has the contrast of neither; what never ends, as a progress bar, is not waited for.
  await expect.poll(() => page.evaluate(CHANGING)).toBe(0)
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
}
