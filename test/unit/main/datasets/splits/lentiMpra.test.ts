import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { codesOf } from '../../../../../src/shared/dna/bases.ts'
import { splitSettingsSchema } from '../../../../../src/shared/domain/split.ts'
import { breather } from '../../../../../src/main/datasets/breathe.ts'
import { classifySequences } from '../../../../../src/main/datasets/classifySequences.ts'
import { cutEachAdapter, findAdapters } from '../../../../../src/main/datasets/findAdapters.ts'
import { groupSequences } from '../../../../../src/main/datasets/groupSequences.ts'
import { assignParts } from '../../../../../src/main/datasets/splits/assignParts.ts'
import { auditLeakage } from '../../../../../src/main/datasets/splits/auditLeakage.ts'
import { chromosomeOf } from '../../../../../src/main/datasets/splits/chromosomeOf.ts'

// lentiMPRA of Agarwal et al. 2025 (doi 10.1038/s41586-024-08430-9) in ../shared/data beside the project.
const folder = fileURLToPath(new URL('../../../../../../shared/data/lentimpra', import.meta.url))
const isHere = existsSync(folder)

async function read(file: string) {
  const [, ...lines] = gunzipSync(readFileSync(join(folder, file)))
    .toString('utf8')
    .trimEnd()
    .split('\n')
  const rows = lines.map((line) => line.split('\t'))
  const names = rows.map(([name]) => name!)
  const all = rows.map(([, sequence]) => codesOf(sequence!))
  const adapters = findAdapters(all)
  const classes = await classifySequences(
    all.map((codes) => cutEachAdapter(codes, adapters)),
    breather(),
  )
  const groups = await groupSequences(classes, breather())
  const activities = [Float32Array.from(rows, ([, , value]) => Number(value))]
  const content = { names, groups, activities, chromosomes: names.map(chromosomeOf), columns: [] }
  /** Elements of validation and test of which training has the opposite strand and not the sequence itself: by letters alone. */
  const countOpposites = (parts: Uint8Array) => {
    const trained = new Set(rows.flatMap(([, sequence], i) => (parts[i] === 0 ? [sequence!.slice(15, -15)] : [])))
    const opposite = (insert: string) =>
      [...insert]
        .reverse()
        .map((base) => 'ACGT'['TGCA'.indexOf(base)]!)
        .join('')
    return rows.filter(([, sequence], i) => {
      const insert = sequence!.slice(15, -15)
      return parts[i] !== 0 && !trained.has(insert) && trained.has(opposite(insert))
    }).length
  }
  return {
    elements: rows.length,
    split: async (settings: object) => {
      const { parts } = assignParts(content, splitSettingsSchema.parse({ seed: 1, ...settings }))
      return { ...(await auditLeakage(classes, names, parts, breather())), opposites: countOpposites(parts) }
    },
  }
}

describe.skipIf(!isHere)(`splits of lentiMPRA libraries${isHere ? '' : ' (skipped: ../shared/data is not here)'}`, () => {
  it.each([
    ['HepG2.tsv.gz', 24_590, 5000],
    ['WTC11.tsv.gz', 9_239, 1500],
  ])('%s: by group and in folds nothing is shared in either orientation, by name thousands are', async (file, count, least) => {
    const library = await read(file)
    expect(library.elements).toBe(count)
    const none = { exact: 0, reverseComplement: 0, overlap: 0 }
    for (const settings of [{ kind: 'group' }, { kind: 'kfold', folds: 5, fold: 3 }]) {
      const { leakage, audit } = await library.split(settings)
      expect(leakage).toEqual(none)
      for (const pair of audit) expect(pair).toMatchObject({ ...none, examples: [] })
    }
    const byName = await library.split({ kind: 'name' })
    expect(byName.leakage.reverseComplement).toBeGreaterThan(least)
    expect(byName.leakage.reverseComplement).toBe(byName.opposites)
    const [validation, test] = byName.audit
    expect(validation!.reverseComplement + test!.reverseComplement).toBe(byName.leakage.reverseComplement)
    expect(byName.audit.map(({ part, seenIn }) => `${part} in ${seenIn}`)).toEqual([
      'validation in train',
      'test in train',
      'test in validation',
    ])
    for (const { examples } of byName.audit) expect(examples).toHaveLength(5)
  })
})
