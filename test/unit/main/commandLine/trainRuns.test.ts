import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommandLine } from '../../../../src/main/commandLine/program.ts'
import { withWorkbench } from '../../../../src/main/commandLine/withWorkbench.ts'
import { forkEngine } from '../../../../src/main/engine/forkEngine.ts'
import { makeWorkspace } from '../support/smallWorkspace.ts'

let workspace: ReturnType<typeof makeWorkspace>
beforeEach(() => (workspace = makeWorkspace()))
afterEach(() => workspace.remove())

describe('train, where no engine can be started', () => {
  it('ends, says so, and leaves the runs to be gone on with', async () => {
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
      ['train', '--dataset', 'small', '--variants', 'baseline,full', '--workspace', workspace.folder, '--json'],
      context,
    )
    expect(code).toBe(1)
    const { runs, error } = JSON.parse(out) as { runs: object[]; error: { message: string } }
    expect(runs).toMatchObject([
      {
        state: 'interrupted',
        message: 'The engine stopped 6 times in a row and is not started again. No epoch was finished; resume starts from the beginning.',
      },
      { state: 'queued', message: null },
    ])
    expect(error.message).toMatch(/^Run 1 \(baseline\) was interrupted: The engine stopped 6 times .* Run 2 \(full\) is still queued\.$/)
    expect(err).toContain('The engine is starting again (5 of 5).')
  })
})
