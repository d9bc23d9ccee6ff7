import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isLinked, linkBinding } from '../../../../scripts/setup/linkBinding.mjs'
import { temporaryFolder } from './temporaryFolder.ts'

function project() {
  const root = join(temporaryFolder(), 'project')
  const at = (base: string) =>
    [join(base, 'node_modules', 'tfjs'), join(base, 'runtime', 'tensorflow-1'), join(base, 'runtime', 'binding-1')] as const
  const [packageFolder, runtime, binding] = at(root)
  mkdirSync(join(runtime, 'lib'), { recursive: true })
  mkdirSync(binding)
  mkdirSync(packageFolder, { recursive: true })
  writeFileSync(join(runtime, 'lib', 'library'), 'TensorFlow')
  writeFileSync(join(binding, 'tfjs_binding.node'), 'binding')
  return { root, at }
}

describe('linkBinding', () => {
  it('fills the places that npm ci wiped', () => {
    const { root, at } = project()
    linkBinding(...at(root))
    expect(isLinked(...at(root))).toBe(true)
    rmSync(at(root)[0], { recursive: true })
    expect(isLinked(...at(root))).toBe(false)
    linkBinding(...at(root))
    expect(isLinked(...at(root))).toBe(true)
    expect(readFileSync(join(at(root)[0], 'lib', 'napi-v8', 'tfjs_binding.node'), 'utf8')).toBe('binding')
  })

  it('still finds the libraries when the project is moved', () => {
    const { root, at } = project()
    linkBinding(...at(root))
    const moved = `${root} moved`
    renameSync(root, moved)
    expect(isLinked(...at(moved))).toBe(true)
    expect(readFileSync(join(at(moved)[0], 'deps', 'lib', 'library'), 'utf8')).toBe('TensorFlow')
  })

  it('sees a binding that was built anew, and another version of the runtime', () => {
    const { root, at } = project()
    const [packageFolder, runtime, binding] = at(root)
    linkBinding(packageFolder, runtime, binding)
    const later = new Date(Date.now() + 60_000)
    utimesSync(join(binding, 'tfjs_binding.node'), later, later)
    expect(isLinked(packageFolder, runtime, binding)).toBe(false)
    linkBinding(packageFolder, runtime, binding)
    const next = join(root, 'runtime', 'tensorflow-2')
    cpSync(runtime, next, { recursive: true })
    expect(isLinked(packageFolder, next, binding)).toBe(false)
  })
})
