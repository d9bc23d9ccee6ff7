import type { Page } from '@playwright/test'

/** The texts of a drawing, told by the browser's XML parser; none where it is not whole. */
export async function svgTexts(page: Page, drawing: string): Promise<string[]> {
  // The page's own policy would report the drawing's inline styles.
  const blank = await page.context().newPage()
  try {
    return await blank.evaluate((source) => {
      // The page's own types are not the test's.
      const { DOMParser: Parser } = globalThis as unknown as {
        DOMParser: new () => {
          parseFromString(text: string, type: string): { querySelectorAll(what: string): Iterable<{ textContent: string }> }
        }
      }
      const parsed = new Parser().parseFromString(source, 'image/svg+xml')
      return [...parsed.querySelectorAll('parsererror')].length ? [] : [...parsed.querySelectorAll('text')].map((one) => one.textContent)
    }, drawing)
  } finally {
    await blank.close()
  }
}
