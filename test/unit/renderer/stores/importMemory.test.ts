import { describe, expect, it } from 'vitest'
import { importDecisionsSchema } from '../../../../src/shared/domain/importing.ts'
import { recallImport, rememberImport, type Remembered } from '../../../../src/renderer/stores/importMemory.ts'
import { source, table } from './chosenFiles.ts'

function storage(limit = Infinity) {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > limit) throw new Error('full')
      kept.set(key, value)
    },
    removeItem: (key: string) => void kept.delete(key),
  }
}
const remembered: Remembered = {
  files: [{ source: source('t'), size: 5, sheet: null, mapping: table('t', { id: { role: 'name' } }).mapping }],
  preferred: null,
  name: 'Mine',
  named: true,
  decisions: importDecisionsSchema.parse({ minimumBarcodes: 3 }),
  prepared: null,
  preparedPlan: '',
  step: 'files',
  writing: null,
}

describe('an import that is remembered', () => {
  it('comes back as it was, and is forgotten when asked', () => {
    const place = storage()
    rememberImport(place, remembered)
    expect(recallImport(place)).toEqual(remembered)
    rememberImport(place, null)
    expect(recallImport(place)).toBeNull()
  })

  it('is nothing where it cannot be read, and keeps nothing old where there is no room', () => {
    const place = storage()
    for (const key of (rememberImport(place, remembered), place.kept.keys())) place.kept.set(key, '{"files":[{}]}')
    expect(recallImport(place)).toBeNull()
    const small = storage(2000)
    rememberImport(small, remembered)
    expect(recallImport(small)).not.toBeNull()
    rememberImport(small, { ...remembered, preparedPlan: 'x'.repeat(3000) })
    expect(recallImport(small)).toBeNull()
  })
})
