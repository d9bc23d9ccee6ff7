import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder for one test, removed when it is over. Its name has a space and an accent, as users' folders do. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'set-up é '))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
