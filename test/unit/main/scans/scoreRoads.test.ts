import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { random } from '../../../../src/shared/stats/random.ts'
import type { Run } from '../../../../src/shared/domain/run.ts'
import type { Source } from '../../../../src/shared/domain/source.ts'
import { LENGTH, makeWorkspace, openSmall, PREFIX, shortRecipe, SUFFIX, type OpenedWorkbench } from '../support/smallWorkspace.ts'

/** More than the engine scores at a time, so that a sequence has others about it, and some come in a batch that is filled up. */
const SEQUENCES = 2100

let workspace: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench
let run: Run
beforeAll(async () => {
  workspace = makeWorkspace()
  opened = await openSmall(workspace.folder)
  const [launched] = await opened.calls.experiments.launch({
    dataset: workspace.dataset,
    split: { kind: 'group', seed: 1 },
    variants: ['full'],
    recipe: { ...shortRecipe, strands: 'both' },
    seeds: [1],
  })
  run = await opened.until(launched!.id, 'completed')
})
afterAll(async () => {
  await opened.workbench.close()
  workspace.remove()
})

async function scoresOf(source: Source): Promise<number[][]> {
  const { id } = await opened.calls.scans.start({ models: [{ run: run.id }], source, name: 'roads' })
  await expect.poll(async () => (await opened.calls.scans.get({ id })).state).toBe('completed')
  const { scored } = await opened.calls.scans.get({ id })
  const rows: number[][] = []
  while (rows.length < scored) {
    const page = await opened.calls.scans.scores({ id, offset: rows.length, limit: 500 })
    rows.push(...page.scores.map(({ scores }) => scores))
  }
  return rows
}

describe('the score of a sequence', () => {
  it('is the same alone, among others, and in a file, whatever its place', async () => {
    const source = random(12)
    const sequences = Array.from(
      { length: SEQUENCES },
      () => PREFIX + Array.from({ length: LENGTH - PREFIX.length - SUFFIX.length }, () => 'ACGT'[source.integer(4)]!).join('') + SUFFIX,
    )
    const fasta = (of: readonly string[]) => of.map((sequence, i) => `>s${i}\n${sequence}\n`).join('')
    const path = join(workspace.folder, 'sequences.fa')
    writeFileSync(path, fasta(sequences))
    const inFile = await scoresOf({ kind: 'path', path })
    expect(inFile.length).toBe(SEQUENCES)
    const turned = await scoresOf({ kind: 'text', text: fasta(sequences.toReversed()), name: 'turned.fa' })
    const few = [0, 511, 512, 2047, 2048, SEQUENCES - 1]
    const among = await scoresOf({ kind: 'text', text: fasta(few.map((i) => sequences[i]!)), name: 'few.fa' })
    const expectSame = (actual: readonly number[], expected: readonly number[]) =>
      expected.forEach((score, c) => expect(Math.abs(score - actual[c]!)).toBeLessThanOrEqual(1e-6))
    inFile.forEach((scores, i) => expectSame(turned[SEQUENCES - 1 - i]!, scores))
    for (const [k, i] of few.entries()) {
      expectSame(among[k]!, inFile[i]!)
      const [alone] = await scoresOf({ kind: 'text', text: fasta([sequences[i]!]), name: 'alone.fa' })
      expectSame(alone!, inFile[i]!)
    }
    // They are scores, and not one number for all.
    expect(new Set(inFile.map(([score]) => score)).size).toBeGreaterThan(SEQUENCES / 2)
  })
})
