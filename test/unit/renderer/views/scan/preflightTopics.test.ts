import { describe, expect, it } from 'vitest'
import { freshSettings } from '../../../../../src/renderer/stores/scanSettings.ts'
import { otherNotes, preflightTopics } from '../../../../../src/renderer/views/scan/preflightTopics.ts'
import type { Preflight, PreflightClass } from '../../../../../src/shared/domain/scan.ts'

const one = (kind: PreflightClass['kind'], more: Partial<PreflightClass> = {}): PreflightClass => ({
  kind,
  level: 'info',
  count: 1,
  message: `About ${kind}.`,
  first: [{ name: 'enh_1', line: 1 }],
  ...more,
})
const preflight = (classes: PreflightClass[], more: Partial<Preflight> = {}) =>
  ({ classes, seen: [], scorable: 5, skipped: [], skippedCount: 0, ...more }) as Preflight
const keys = (...parameters: Parameters<typeof preflightTopics>) => preflightTopics(...parameters).map(({ key }) => key)

describe('preflightTopics', () => {
  it('stands in one order, whatever the order and level of the classes', () => {
    const classes = [one('fits'), one('padded', { level: 'warning' }), one('rna'), one('windows'), one('seen-in-training')]
    const expected = ['seen-in-training', 'long', 'short', 'rna', 'fits']
    expect(keys(preflight(classes), freshSettings())).toEqual(expected)
    expect(keys(preflight(classes.toReversed()), freshSettings())).toEqual(expected)
  })
  it('keeps what is done with long and short ones in sight once it was changed, so that it can be changed back', () => {
    expect(keys(preflight([one('fits')]), freshSettings())).toEqual(['not-seen', 'fits'])
    expect(keys(preflight([one('middle')]), { ...freshSettings(), long: 'middle' })).toEqual(['not-seen', 'long'])
    expect(keys(preflight([]), { ...freshSettings(), long: 'skip', short: 'skip' })).toEqual(['not-seen', 'long', 'short'])
  })
  it('says when nothing was seen, when it cannot be told, and nothing when it was not asked', () => {
    expect(keys(preflight([], { seen: null }), freshSettings())).toEqual(['seen-not-known'])
    expect(keys(preflight([], { seen: null }), { ...freshSettings(), seen: false })).toEqual([])
    expect(keys(preflight([], { scorable: 0 }), freshSettings())).toEqual([])
  })
  it('says how many there are beside those it names', () => {
    const more = (count: number) =>
      preflightTopics(preflight([one('rna', { count })]), freshSettings()).find(({ key }) => key === 'rna')?.more
    expect(more(1)).toBe(0)
    expect(more(7)).toBe(6)
  })
  it('does not call what the person took out impossible to score', () => {
    const skipped = [
      { name: 'enh_1', line: 1, reason: 'You took it out.' },
      { name: 'enh_2', line: 3, reason: 'E is not a DNA letter.' },
    ]
    const of = (count: number, takenOut: readonly { name: string; line: number }[]) =>
      preflightTopics(preflight([one('skipped', { level: 'warning' })], { skipped: skipped.slice(0, count), skippedCount: count }), {
        ...freshSettings(),
        takenOut,
      }).find(({ key }) => key === 'skipped')
    expect(of(2, [{ name: 'enh_1', line: 1 }])?.message).toBe('enh_2, line 3: E is not a DNA letter.')
    expect(of(1, [{ name: 'enh_1', line: 1 }])).toBeUndefined()
    expect(of(2, [])?.message).toBe('About skipped.')
  })
})

it('leaves the notes that are about a class to the class', () => {
  const note = (message: string) => ({ level: 'info' as const, message, count: 1 })
  expect(otherNotes({ classes: [one('rna')], notes: [note('About rna.'), note('No names.')] })).toEqual([note('No names.')])
})
