import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { findChromium } from '../scripts/setup/findChromium.mjs'
import { startWorkbench } from '../test/e2e/support/runningWorkbench.ts'

/**
 * Seconds from the start of the server's process, on an empty workspace, to the page's first paint with content in a Chromium
 * that runs already and has nothing cached; null where there is no Chromium.
 */
export async function coldStart(): Promise<number | null> {
  const executablePath = findChromium()
  if (executablePath === undefined) return null
  const browser = await chromium.launch({ executablePath })
  const workspace = await mkdtemp(join(tmpdir(), 'enhancer-bench-'))
  try {
    const page = await browser.newPage()
    const began = Date.now()
    const workbench = await startWorkbench(workspace)
    try {
      await page.goto(workbench.address)
      await page.getByRole('navigation').first().waitFor()
      // What is laid out may not be painted yet: the observer is told of the first paint, be it past or to come.
      const painted = await page.evaluate<number>(
        `new Promise((resolve) => {
          new PerformanceObserver((list) => {
            const [first] = list.getEntriesByName('first-contentful-paint')
            if (first) resolve(performance.timeOrigin + first.startTime)
          }).observe({ type: 'paint', buffered: true })
        })`,
      )
      return (painted - began) / 1000
    } finally {
      await workbench.stop()
    }
  } finally {
    await browser.close()
    await rm(workspace, { recursive: true, force: true })
  }
}
