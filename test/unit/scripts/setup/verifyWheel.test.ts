import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SetupProblem } from '../../../../scripts/setup/setupProblem.mjs'
import { verifyWheel } from '../../../../scripts/setup/verifyWheel.mjs'
import { temporaryFolder } from './temporaryFolder.ts'
import { lockedAs } from './trialWheel.ts'

describe('verifyWheel', () => {
  it('takes the file that the lock file names', async () => {
    const file = join(temporaryFolder(), 'trial.whl')
    writeFileSync(file, 'what was locked')
    await expect(verifyWheel(file, lockedAs(file))).resolves.toBeUndefined()
  })

  it('refuses a file in which one bit differs', async () => {
    const file = join(temporaryFolder(), 'trial.whl')
    writeFileSync(file, 'what was locked')
    const wheel = lockedAs(file)
    const bytes = readFileSync(file)
    bytes[3]! ^= 1
    writeFileSync(file, bytes)
    await expect(verifyWheel(file, wheel)).rejects.toThrow(SetupProblem)
    await expect(verifyWheel(file, wheel)).rejects.toThrow(/SHA-256/)
  })

  it('refuses a file that is too long or too short by its size', async () => {
    const file = join(temporaryFolder(), 'trial.whl')
    writeFileSync(file, 'what was locked')
    const wheel = lockedAs(file)
    appendFileSync(file, '\n')
    await expect(verifyWheel(file, wheel)).rejects.toThrow('16 bytes instead of 15')
  })
})
