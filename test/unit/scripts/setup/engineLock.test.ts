import { describe, expect, it } from 'vitest'
import { lockedWheel } from '../../../../scripts/setup/engineLock.mjs'

describe('lockedWheel', () => {
  it.each(['linux-x64', 'linux-arm64', 'darwin-arm64'])('names one whole file for %s', (platform) => {
    const locked = lockedWheel(platform)
    if ('none' in locked) throw new Error(locked.none)
    const { wheel } = locked
    expect(wheel.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(wheel.bytes).toBeGreaterThan(1e8)
    expect(wheel.file).toContain(`${wheel.package.replace('-', '_')}-${wheel.version}-`)
    expect(wheel.file).toContain(wheel.platform)
  })

  it.each(['win32-x64', 'freebsd-x64'])('says why there is nothing for %s', (platform) => {
    expect(lockedWheel(platform)).toEqual({ none: expect.stringMatching(/C library/) as unknown })
  })
})
