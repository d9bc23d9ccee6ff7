import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { getOrMakeSplit } from '../src/main/datasets/splits/getOrMakeSplit.ts'
import { openDatabase } from '../src/main/db/openDatabase.ts'
import { prepareTraining } from '../src/main/experiments/trainingJob.ts'
import type { TrainingJob } from '../src/shared/contract/engine.ts'
import type { Recipe } from '../src/shared/domain/recipe.ts'
import type { Run } from '../src/shared/domain/run.ts'
import type { Variant } from '../src/shared/domain/variants.ts'

const cli = fileURLToPath(new URL('../src/main/cli.ts', import.meta.url))

export interface Library {
  /** A training on the group split of that seed, with the same seed for everything else. */
  job(recipe: Recipe, variant: Variant, seed: number): Promise<TrainingJob>
  close(): void
}

/**
 * A table of ENCODE's lentiMPRA (columns `seq_id`, `seq`, `mean_value`), imported by the command line in a workspace that goes
 * when it is closed.
 */
export async function openLibrary(file: string, cellType: string): Promise<Library> {
  const folder = mkdtempSync(join(tmpdir(), 'enhancer-tune-'))
  const columns = `name=seq_id,sequence=seq,${cellType}=mean_value`
  const words = ['import', '--name', cellType, '--table', file, '--columns', columns, '--workspace', folder, '--json']
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...words])
  const { dataset } = JSON.parse(stdout) as { dataset: number }
  const database = openDatabase(folder)
  const now = () => new Date()
  return {
    job: async (recipe, variant, seed) => {
      const split = await getOrMakeSplit(database, { dataset, kind: 'group', seed }, { now })
      return prepareTraining(database, { dataset, split: split.id, variant, recipe, seed } as Run, null).job
    },
    close: () => {
      database.close()
      rmSync(folder, { recursive: true })
    },
  }
}
