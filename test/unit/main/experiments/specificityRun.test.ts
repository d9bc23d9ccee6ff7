import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readActivities, readAllElements } from '../../../../src/main/db/datasets.ts'
import { openDatabaseForReading } from '../../../../src/main/db/openDatabase.ts'
import { readMeasures, readPredictions } from '../../../../src/main/db/results.ts'
import { readAssignment } from '../../../../src/main/db/splits.ts'
import { readSafetensors } from '../../../../src/main/experiments/safetensors.ts'
import { modelDescriptionSchema } from '../../../../src/shared/domain/model.ts'
import type { Run } from '../../../../src/shared/domain/run.ts'
import { pearson } from '../../../../src/shared/stats/correlation.ts'
import { CELL_TYPES, makeWorkspace, openSmall, shortRecipe, type OpenedWorkbench } from '../support/smallWorkspace.ts'

let workspace: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench
let specific: Run
let plain: Run[]
beforeAll(async () => {
  workspace = makeWorkspace()
  opened = await openSmall(workspace.folder)
  const launch = async (recipe: typeof shortRecipe, seeds: number[]) => {
    const runs = await opened.calls.experiments.launch({
      dataset: workspace.dataset,
      split: { kind: 'group', seed: 1 },
      variants: ['embedding'],
      recipe,
      seeds,
    })
    return Promise.all(runs.map(({ id }) => opened.until(id, 'completed', 'failed')))
  }
  ;[specific] = (await launch({ ...shortRecipe, target: 'specificity', learningRate: 1e-2, epochs: 8 }, [1])) as [Run]
  plain = await launch(shortRecipe, [1, 2])
})
afterAll(async () => {
  await opened.workbench.close()
  workspace.remove()
})

function stored() {
  const database = openDatabaseForReading(workspace.folder)
  try {
    return {
      activities: readActivities(database, workspace.dataset),
      assignment: readAssignment(database, specific.split),
      predicted: readPredictions(database, specific.id, 'test')!,
      measures: readMeasures(database, specific.id, 'test'),
      ...readAllElements(database, workspace.dataset),
    }
  } finally {
    database.close()
  }
}

/** Specificity of an element, worked out by hand from the training part's statistics. */
function specificityOf(activities: readonly Float32Array[], training: number[], element: number): number[] {
  const z = activities.map((values) => {
    const measured = training.map((i) => values[i]!).filter((value) => !Number.isNaN(value))
    const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length
    const sd = Math.sqrt(measured.reduce((sum, value) => sum + (value - mean) ** 2, 0) / measured.length)
    return (values[element]! - mean) / sd
  })
  return z.map((value) => value - (z[0]! + z[1]!) / 2)
}

describe('a run whose target is specificity', () => {
  it('is measured in units of specificity, by the training part’s statistics alone, over elements that two cell types measured', () => {
    expect(specific).toMatchObject({ state: 'completed', message: null })
    const { activities, assignment, predicted, measures } = stored()
    const ofPart = (part: number) => [...assignment.keys()].filter((element) => assignment[element] === part)
    const truth = ofPart(2).map((element) => specificityOf(activities, ofPart(0), element))
    CELL_TYPES.forEach((cellType, c) => {
      const rows = truth.flatMap((scores, i) => (Number.isNaN(scores[c]) ? [] : [[predicted[2 * i + c]!, scores[c]!] as const]))
      expect(rows.length).toBeLessThan(truth.length)
      expect(measures.get(cellType)!.n).toBe(rows.length)
      expect(measures.get(cellType)!.pearson).toBeCloseTo(
        pearson(
          rows.map(([p]) => p),
          rows.map(([, m]) => m),
        )!,
        5,
      )
      expect(measures.get(cellType)!.mse).toBeCloseTo(rows.reduce((sum, [p, m]) => sum + (p - m) ** 2, 0) / rows.length, 5)
    })
  })

  it('has the statistics beside its model', () => {
    const { activities, assignment } = stored()
    const { metadata } = readSafetensors(readFileSync(join(workspace.folder, 'checkpoints', `run-${specific.id}-model.safetensors`)))
    const { target } = modelDescriptionSchema.parse(JSON.parse(metadata['description']!))
    expect(target.kind).toBe('specificity')
    const training = [...activities[1]!.keys()]
      .map((i) => activities[1]![i]!)
      .filter((value, i) => assignment[i] === 0 && !Number.isNaN(value))
    expect(target.statistics![1]!.mean).toBeCloseTo(training.reduce((sum, value) => sum + value, 0) / training.length, 10)
  })

  it('scans in units of specificity, and says so', async () => {
    const { names, sequences, assignment, predicted } = stored()
    const first = assignment.indexOf(2)
    const text = `>${names[first]}\n${sequences[first]}\n`
    const { id } = await opened.calls.scans.start({
      models: [{ run: specific.id }],
      source: { kind: 'text', text, name: 'one.fa' },
      name: 'one',
    })
    await expect.poll(async () => (await opened.calls.scans.get({ id })).state).toBe('completed')
    const { scores } = await opened.calls.scans.scores({ id, offset: 0, limit: 1 })
    scores[0]!.scores.forEach((score, c) => expect(score).toBeCloseTo(predicted[c]!, 5))
    expect(await opened.calls.scans.get({ id })).toMatchObject({
      models: [{ name: 'embedding, trained on small', target: 'specificity' }],
      target: 'specificity',
    })
  })

  it('is not put beside runs of log2 activities, and the reason is plain', async () => {
    const comparison = await opened.calls.comparisons.compare({ dataset: workspace.dataset })
    expect(new Set(comparison.rows.map(({ run }) => run))).toEqual(new Set(plain.map(({ id }) => id)))
    expect(comparison.leftOut).toEqual([
      {
        run: specific.id,
        ensemble: null,
        reason: 'Predicts specificity between cell types, the runs compared log2(RNA/DNA): their errors are in different units.',
      },
    ])
    expect((await opened.calls.comparisons.compare({ dataset: workspace.dataset, runs: [specific.id] })).leftOut).toEqual([])
  })
})
