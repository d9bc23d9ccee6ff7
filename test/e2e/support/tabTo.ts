import type { Locator, Page } from '@playwright/test'
import { expect } from './test.ts'

/** Moves the focus with Tab, as a person without a mouse does, until it is on the target. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 120; presses++) {
    if (await target.evaluate((element: { matches(selector: string): boolean }) => element.matches(':focus'))) return
    await page.keyboard.press('Tab')
  }
  throw new Error('The keyboard does not reach it.')
}
