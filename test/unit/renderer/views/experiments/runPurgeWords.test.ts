import { describe, expect, it } from 'vitest'
import { runPurgeWords } from '../../../../../src/renderer/views/experiments/runPurgeWords.ts'

describe('runPurgeWords', () => {
  it('says what goes, what stays and what is freed', () => {
    const words = runPurgeWords('Run 3', 1, { bytes: 2_500_000, ensembles: [] })
    expect(words).toMatchObject({ title: 'Delete Run 3 for good?', possible: true })
    expect(words.sentences).toEqual([
      'This frees 2.5 MB in the workspace and cannot be undone: its weights, predictions, measures and curves go. The dataset, the split and what was scanned with it stay.',
    ])
  })

  it('refuses where an ensemble is made of it, and names it', () => {
    const words = runPurgeWords('all 2 runs in the bin', 2, { bytes: 1, ensembles: [{ name: 'Five seeds' }, { name: 'Best' }] })
    expect(words).toMatchObject({ title: 'All 2 runs in the bin cannot be deleted yet', possible: false })
    expect(words.sentences[0]).toMatch(/^Five seeds and Best are ensembles made of some of them/)
  })
})
