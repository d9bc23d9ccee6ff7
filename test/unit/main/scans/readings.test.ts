import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabaseForReading } from '../../../../src/main/db/openDatabase.ts'
import { readAllElements } from '../../../../src/main/db/datasets.ts'
import { readAssignment } from '../../../../src/main/db/splits.ts'
import { motifLibrary } from '../../../../src/main/motifs/motifLibrary.ts'
import { codesOf, decodeBases, reverseComplement } from '../../../../src/shared/dna/bases.ts'
import { parts } from '../../../../src/shared/domain/split.ts'
import type { Run } from '../../../../src/shared/domain/run.ts'
import type { Scan } from '../../../../src/shared/domain/scan.ts'
import { random } from '../../../../src/shared/stats/random.ts'
import { CELL_TYPES, makeWorkspace, openSmall, PREFIX, shortRecipe, SUFFIX, type OpenedWorkbench } from '../support/smallWorkspace.ts'

let workspace: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench
let run: Run
let scan: Scan
let elements: { name: string; sequence: string; part: string }[]
const source = random(11)
const long = Array.from({ length: 900 }, () => 'ACGT'[source.integer(4)]!).join('')
// A strong site of Foxa2, with what else a short sequence may have around it.
const withMotif = 'ACACACACACTGTTTACTTTGGACACACACACACACACAC'

beforeAll(async () => {
  workspace = makeWorkspace()
  opened = await openSmall(workspace.folder)
  const [launched] = await opened.calls.experiments.launch({
    dataset: workspace.dataset,
    split: { kind: 'group', seed: 1 },
    variants: ['embedding'],
    recipe: { ...shortRecipe, strands: 'both', reverseComplement: true },
    seeds: [1],
  })
  run = await opened.until(launched!.id, 'completed')
  const database = openDatabaseForReading(workspace.folder)
  const assignment = readAssignment(database, run.split)
  const { names, sequences } = readAllElements(database, workspace.dataset)
  elements = names.map((name, i) => ({ name, sequence: sequences[i]!, part: parts[assignment[i]!]! }))
  database.close()
  const records = [
    ['with motif', withMotif],
    ['seen', elements[3]!.sequence],
    ['turned', decodeBases(reverseComplement(codesOf(elements[4]!.sequence.slice(PREFIX.length, -SUFFIX.length))))],
    ['locus', long],
  ] as const
  scan = await scored(records.map(([name, bases]) => `>${name}\n${bases}\n`).join(''))
})
afterAll(async () => {
  await opened.workbench.close()
  workspace.remove()
})

async function scored(text: string): Promise<Scan> {
  const ended = Promise.withResolvers<Scan>()
  const stop = opened.on('scans.changed', (seen) => {
    if (seen.state !== 'running') ended.resolve(seen)
  })
  await opened.calls.scans.start({
    models: [{ run: run.id }],
    source: { kind: 'text', text, name: 'mine.fa' },
    options: { stride: 7, shuffled: 50 },
    name: 'mine',
  })
  const done = await ended.promise.finally(stop)
  expect(done.message).toBeNull()
  return done
}
const sequence = (position: number) => opened.calls.scans.sequence({ id: scan.id, position })
const page = async () => (await opened.calls.scans.scores({ id: scan.id, offset: 0, limit: 10 })).scores

describe('a sequence of a scan', () => {
  it('has a score of each strand, whose mean is its own', async () => {
    const rows = await page()
    for (const position of [0, 1]) {
      const { strands, scored: of, bases } = await sequence(position)
      expect(of).toEqual({ start: 0, end: bases.length })
      CELL_TYPES.forEach((_, c) => expect((strands!.forward[c]! + strands!.reverse[c]!) / 2).toBeCloseTo(rows[position]!.scores[c]!, 5))
      expect(strands!.forward).not.toEqual(strands!.reverse)
    }
  })

  it('that was cut into windows has those of its highest', async () => {
    const [, , , row] = await page()
    expect(row!.windows).toBeGreaterThan(100)
    const { strands, scored: of, bases } = await sequence(3)
    expect(bases).toBe(long)
    expect((strands!.forward[0]! + strands!.reverse[0]!) / 2).toBeCloseTo(row!.scores[0]!, 5)
    expect(of.end - of.start).toBe(40)
    const alone = await scored(`>window\n${long.slice(of.start, of.end)}\n`)
    const { scores } = await opened.calls.scans.scores({ id: alone.id, offset: 0, limit: 1 })
    expect(scores[0]!.scores[0]).toBeCloseTo(row!.scores[0]!, 5)
  })

  it('shows the motifs in it, and says where they are from', async () => {
    const { motifs, motifSource } = await sequence(0)
    expect(motifs).toContainEqual(expect.objectContaining({ motif: 'Foxa2', start: 10, end: 22, strand: '+' }))
    expect(motifSource).toBe(motifLibrary().source)
    expect(motifSource).toContain('JASPAR 2018')
  })

  it('says where the model saw it, and what was measured there', async () => {
    expect((await sequence(1)).seen[0]).toMatchObject({ element: elements[3]!.name, part: elements[3]!.part, relation: 'exact' })
    const turned = (await sequence(2)).seen[0]!
    expect(turned).toMatchObject({ element: elements[4]!.name, part: elements[4]!.part, relation: 'reverse complement' })
    const { elements: described } = await opened.calls.datasets.elements({ id: workspace.dataset, offset: 4, limit: 1 })
    expect(described[0]!.name).toBe(elements[4]!.name)
    expect(turned.activities).toEqual(described[0]!.activities)
    expect((await sequence(0)).seen).toEqual([])
  })

  it('that is not there is told so', async () => {
    await expect(sequence(4)).rejects.toThrow('mine has no sequence number 5; it has 4.')
  })
})

describe('the calls about a finished scan', () => {
  it('call peaks, draw the locus, count scores and save files', async () => {
    const { id } = scan
    const rule = { column: 'HepG2', percentile: 50, mergeDistance: 0 }
    const { peaks, rule: words } = await opened.calls.scans.peaks({ id, rule })
    expect(words).toContain('the 50th percentile of the scores of')
    expect(peaks.every(({ position, sequence: name }) => position === 3 && name === 'locus')).toBe(true)
    const locus = await opened.calls.scans.locus({ id, position: 3, bins: 100 })
    const highest = locus.tracks[0]!.high.filter((value) => !Number.isNaN(value)).reduce((a, b) => Math.max(a, b))
    const [, , , row] = await page()
    expect(highest).toBeCloseTo(row!.scores[0]!, 6)
    if (peaks.length > 0) expect(peaks[0]!.scores[0]).toBeCloseTo(row!.scores[0]!, 6)
    const { scores, training, shuffled } = await opened.calls.scans.histogram({ id, column: 'HepG2' })
    const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0)
    expect(sum(scores)).toBe(3 + row!.windows)
    expect(sum(training!)).toBe(elements.filter(({ part }) => part === 'train').length)
    expect(sum(shuffled!)).toBeGreaterThan(0)
    const annotated = await opened.calls.scans.annotate({ id, source: { kind: 'text', text: 'locus\t10\t20\tgene\n', name: 'a.bed' } })
    expect(annotated).toEqual({ features: 1, sequences: 1, unmatched: 0 })
    const { fileName, bytes } = await opened.calls.scans.export({ id, format: 'bed', rule })
    expect(fileName).toBe('mine_peaks.bed')
    expect(
      Buffer.from(bytes)
        .toString()
        .split('\n')
        .filter((line) => line.startsWith('locus\t')),
    ).toHaveLength(peaks.length)
  })
})
