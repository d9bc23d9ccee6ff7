import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { LockedWheel } from '../../../../scripts/setup/engineLock.mjs'

const write = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as wheel:
    for name, text in json.loads(sys.argv[2]).items():
        wheel.writestr(name, text)
`

/** The entry of the lock file that fits a file as it is. */
export function lockedAs(file: string): LockedWheel {
  const bytes = readFileSync(file)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return {
    package: 'trial',
    version: '1.0',
    python: '3.11',
    platform: 'any',
    file: basename(file),
    bytes: bytes.byteLength,
    sha256,
    verified: true,
  }
}

/** A small wheel, made with Python's own zipfile. */
export function makeTrialWheel(folder: string, files: Record<string, string>, name = 'trial.whl'): { file: string; wheel: LockedWheel } {
  const file = join(folder, name)
  execFileSync('python3', ['-c', write, file, JSON.stringify(files)])
  return { file, wheel: lockedAs(file) }
}
