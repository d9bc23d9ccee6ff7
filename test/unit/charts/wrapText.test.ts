import { describe, expect, it } from 'vitest'
import { wrapText } from '../../../src/charts/wrapText.ts'

describe('wrapText', () => {
  it('breaks between words and loses none', () => {
    const text = 'full has the highest Pearson r over all cell types, 0.6825; embedding follows with 0.5952.'
    const lines = wrapText(text, 640)
    expect(lines.join(' ')).toBe(text)
    expect(lines.length).toBe(2)
    for (const line of lines) expect(line.length * 7).toBeLessThanOrEqual(640 - 24)
  })

  it('leaves a word that is too long whole', () => {
    expect(wrapText(`a ${'x'.repeat(200)} b`, 300)).toEqual(['a', 'x'.repeat(200), 'b'])
  })
})
