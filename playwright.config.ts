import { defineConfig, devices } from '@playwright/test'
import { findChromium } from './scripts/setup/findChromium.mjs'

const chromium = findChromium()

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // Every test starts a workbench with an engine of its own, which uses all cores.
  workers: 1,
  // A test that passes at the second try is a defect, not a pass.
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  // Those who hang, not those who are slow: a test may train several variants.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-GB',
    timezoneId: 'UTC',
    // A colour that is halfway through a transition has no contrast to speak of.
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 30_000,
    screenshot: 'only-on-failure',
    // Playwright starts it without its sandbox, which root and many containers cannot have; the tests' pages are all from 127.0.0.1.
    launchOptions: chromium === undefined ? {} : { executablePath: chromium },
  },
})
