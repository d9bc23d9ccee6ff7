import { describe, expect, it } from 'vitest'
import { freshSettings, settingProblem, toScanOptions, type TypedSetting } from '../../../../src/renderer/stores/scanSettings.ts'
import { scanOptionsSchema } from '../../../../src/shared/domain/scan.ts'

describe('the settings of a scan', () => {
  it('are those of the core until they are changed', () => {
    expect(toScanOptions(freshSettings())).toEqual(scanOptionsSchema.parse({}))
  })
  it('are read as they are typed', () => {
    const settings = {
      ...freshSettings(),
      stride: '1,000',
      windowLength: ' 300 ',
      ambiguous: '12.5',
      takenOut: [{ name: 'enh_1', line: 48 }],
    }
    expect(toScanOptions(settings)).toMatchObject({ stride: 1000, windowLength: 300, ambiguousShare: 0.125, skip: [48] })
  })
  it.each<[TypedSetting, string, boolean]>([
    ['stride', '', false],
    ['stride', '0', false],
    ['stride', '100,000', true],
    ['stride', '100001', false],
    ['stride', '2.5', false],
    ['stride', '1e3', false],
    ['stride', '1,00', false],
    ['windowLength', '', true],
    ['windowLength', 'all', false],
    ['ambiguous', '0', true],
    ['ambiguous', '100.5', false],
    ['shuffled', '10 000', true],
    ['seed', '-1', false],
  ])('take %s as “%s”: %s', (field, text, right) => {
    expect(settingProblem(field, text) === null).toBe(right)
    expect(toScanOptions({ ...freshSettings(), [field]: text }) !== null).toBe(right)
  })
  it('never go beyond what the contract takes', () => {
    const extreme = {
      ...freshSettings(),
      stride: '100000',
      windowLength: '1000000',
      shortest: '1',
      ambiguous: '100',
      shuffled: '10000',
      seed: '0',
    }
    expect(scanOptionsSchema.safeParse(toScanOptions(extreme)).success).toBe(true)
  })
})
