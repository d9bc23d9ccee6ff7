import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'

const guide = fileURLToPath(new URL('../../../docs/pictures/', import.meta.url))

/**
 * Takes a page's picture for the README and the guide, where `PICTURES=docs` asks for it: `NAME-light.png` and
 * `NAME-dark.png` in docs/pictures. A plain test run leaves the committed pictures as they are.
 */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env['PICTURES'] !== 'docs') return
  await mkdir(guide, { recursive: true })
  await page.setViewportSize({ width: 1280, height: 900 })
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.evaluate('scrollTo(0, 0)')
    await page.screenshot({ path: `${guide}${name}-${colorScheme}.png`, animations: 'disabled' })
  }
}
