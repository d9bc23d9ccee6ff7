import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** An empty folder (its name holds a space and an accent, as users' do) that goes when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'été workbench '))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
