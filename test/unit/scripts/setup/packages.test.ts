import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inProject } from '../../../../scripts/setup/paths.mjs'
import { areInstalled } from '../../../../scripts/setup/packages.mjs'

const zod = { version: '4.0.0', integrity: 'sha512-zod' }
const node = { version: '24.0.0', integrity: 'sha512-node', optional: true }
const locked = { '': {}, 'node_modules/zod': zod, 'node_modules/node-elsewhere': node }
const everywhere = () => true

describe('areInstalled', () => {
  it('takes what is locked, and lets packages of other platforms be absent', () => {
    expect(areInstalled(locked, { 'node_modules/zod': zod }, everywhere)).toBe(true)
    expect(areInstalled(locked, { 'node_modules/zod': zod, 'node_modules/node-elsewhere': node }, everywhere)).toBe(true)
  })

  it('sees a package that is missing, older, another, or not in the lock file', () => {
    expect(areInstalled(locked, {}, everywhere)).toBe(false)
    expect(areInstalled(locked, { 'node_modules/zod': { ...zod, version: '3.9.9' } }, everywhere)).toBe(false)
    expect(areInstalled(locked, { 'node_modules/zod': { ...zod, integrity: 'sha512-other' } }, everywhere)).toBe(false)
    expect(areInstalled(locked, { 'node_modules/zod': zod, 'node_modules/stranger': zod }, everywhere)).toBe(false)
  })

  it('sees a folder that an interrupted install left without its package', () => {
    expect(areInstalled(locked, { 'node_modules/zod': zod }, (place) => place !== 'node_modules/zod')).toBe(false)
  })
})

describe('package-lock.json', () => {
  it('names no address: whoever installs takes the packages from their own registry, held to the same hashes', () => {
    const lock = readFileSync(inProject('package-lock.json'), 'utf8')
    expect(lock).toContain('"integrity"')
    expect(lock).not.toContain('"resolved"')
  })
})
