import { describe, expect, it } from 'vitest'
import { fitTemplate, fittingTemplate, inRole, ofWhom, rolesOf, withRoles } from '../../../../src/renderer/stores/mappingEdits.ts'
import { table } from './chosenFiles.ts'

const { mapping } = table('t', {
  id: { role: 'name' },
  seq: { role: 'sequence' },
  a: { role: 'activity', cellType: 'HepG2', replicate: '1' },
})

describe('withRoles', () => {
  it('takes a role that only one column can have from the one that had it', () => {
    const roles = rolesOf(withRoles(mapping, new Map([['other', { role: 'name' }]])))
    expect(roles.get('other')).toEqual({ role: 'name' })
    expect(roles.has('id')).toBe(false)
  })

  it('gives many columns a role at once, and leaves out those not used', () => {
    const roles = rolesOf(
      withRoles(
        mapping,
        new Map([
          ['a', { role: 'ignore' }],
          ['x', { role: 'label' }],
          ['y', { role: 'label' }],
        ]),
      ),
    )
    expect([...roles.keys()]).toEqual(['id', 'seq', 'x', 'y'])
  })
})

it('a measured column that becomes another stays whose it is', () => {
  const before = { role: 'activity', cellType: 'HepG2', replicate: '1' } as const
  expect(inRole('rna', before)).toEqual({ ...before, role: 'rna' })
  expect(inRole('label', before)).toEqual({ role: 'label' })
  expect(ofWhom(before, { cellType: ' ' })).toEqual({ role: 'activity', replicate: '1' })
  expect(ofWhom(before, { replicate: '2' })).toEqual({ ...before, replicate: '2' })
})

describe('templates', () => {
  const template = (name: string, createdAt: string) => ({ name, mapping, createdAt })

  it('fit as far as the table has their columns', () => {
    const { mapping: fitted, lacking } = fitTemplate({ mapping }, ['id', 'a', 'new'])
    expect(fitted.columns.map(({ column }) => column)).toEqual(['id', 'a'])
    expect(lacking).toEqual(['seq'])
  })

  it('are offered where every column is there, the newest first', () => {
    const all = [template('old', '2026-01-01T00:00:00.000Z'), template('new', '2026-02-01T00:00:00.000Z')]
    expect(fittingTemplate(all, mapping, ['id', 'seq', 'a', 'b'])?.name).toBe('new')
    expect(fittingTemplate(all, mapping, ['id', 'a'])).toBeUndefined()
    expect(fittingTemplate(all, { ...mapping, header: 'none' }, ['id', 'seq', 'a'])).toBeUndefined()
  })
})
