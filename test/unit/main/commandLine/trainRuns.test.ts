import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommandLine } from '../../../../src/main/commandLine/program.ts'
import { withWorkbench } from '../../../../src/main/commandLine/withWorkbench.ts'
import { openDatabaseForReading } from '../../../../src/main/db/openDatabase.ts'
import { readRun } from '../../../../src/main/db/runs.ts'
import { forkEngine } from '../../../../src/main/engine/forkEngine.ts'
import { recipes } from '../../../../src/shared/domain/recipe.ts'
import { refuseStates } from '../support/refuseStates.ts'
import { makeWorkspace } from '../support/smallWorkspace.ts'

let workspace: ReturnType<typeof makeWorkspace>
beforeEach(() => (workspace = makeWorkspace()))
afterEach(() => workspace.remove())

async function train(...more: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const context = {
    terminal: {
      out: (text: string) => void (out += text),
      err: (text: string) => void (err += text),
      live: false,
      interrupted: new AbortController().signal,
    },
    withWorkbench: withWorkbench((log) => forkEngine(join(workspace.folder, 'no engine.js'), log)),
  }
  const code = await runCommandLine(
    ['train', '--dataset', 'small', '--variants', 'baseline,full', '--workspace', workspace.folder, '--json', ...more],
    context,
  )
  return { code, out, err }
}

describe('train', () => {
  it('ends where no engine can be started, says so, and leaves the runs to be gone on with', async () => {
    const { code, out, err } = await train()
    expect(code).toBe(1)
    const { runs, error } = JSON.parse(out) as { runs: object[]; error: { code: string; message: string } }
    expect(runs).toMatchObject([
      {
        state: 'interrupted',
        message: 'The engine stopped 5 times in a row and is not started again. No epoch was finished; resume starts from the beginning.',
      },
      { state: 'queued', message: null },
    ])
    expect(error.code).toBe('unavailable')
    expect(error.message).toMatch(/^Run 1 \(baseline\) was interrupted: The engine stopped 5 times .* Run 2 \(full\) is still queued\.$/)
    expect(err).toContain('The engine is starting again (4 of 4).')
  })

  it('says which settings come to nothing, and saves them as the recipe has them', async () => {
    const { err } = await train('--set', 'momentum=0.5', 'dropout=0.2')
    expect(err).toMatch(/^momentum has no effect: only with optimizer sgd or rmsprop\.\n/)
    const database = openDatabaseForReading(workspace.folder)
    expect(readRun(database, 1).recipe).toEqual({ ...recipes.default, dropout: 0.2 })
    database.close()
  })

  it('ends where the end of a run cannot be saved, and says so', async () => {
    const accept = refuseStates(workspace.folder, 'interrupted')
    const { code, out } = await train()
    accept()
    expect(code).toBe(1)
    const { runs, error } = JSON.parse(out) as { runs: { state: string }[]; error: { message: string } }
    expect(runs.map(({ state }) => state)).toEqual(['interrupted', 'queued'])
    expect(error.message).toContain('The end of this run could not be saved; resume starts from the beginning.')
  })

  it('ends where the database cannot be written to, and says so', async () => {
    const accept = refuseStates(workspace.folder, 'starting')
    const { code, err } = await train()
    accept()
    expect(code).toBe(1)
    expect(err).toContain(
      'Run 1 (baseline) is still queued: Something went wrong inside the workbench (the disk is full). Run 2 (full) is still queued:',
    )
  })
})
