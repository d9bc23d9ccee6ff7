import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../../../../src/main/commandLine/program.ts'
import { withWorkbench } from '../../../../src/main/commandLine/withWorkbench.ts'
import { makeWorkspace, openSmall, shortRecipe } from '../support/smallWorkspace.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

let workspace: ReturnType<typeof makeWorkspace>
let runs: number[]
beforeAll(async () => {
  workspace = makeWorkspace()
  const opened = await openSmall(workspace.folder)
  const launched = await opened.calls.experiments.launch({
    dataset: workspace.dataset,
    split: { kind: 'group', seed: 1 },
    variants: ['baseline', 'full'],
    recipe: { ...shortRecipe, epochs: 1 },
    seeds: [1],
  })
  runs = (await Promise.all(launched.map(({ id }) => opened.until(id, 'completed')))).map(({ id }) => id)
  await opened.workbench.close()
})
afterAll(() => workspace.remove())

const noEngine = () => () => {
  throw new Error('nothing is trained here')
}

/** Runs a command in this process, with the real core; none of these starts an engine. */
async function cli(...args: string[]) {
  const written = { out: '', err: '' }
  const terminal = {
    out: (text: string) => void (written.out += text),
    err: (text: string) => void (written.err += text),
    live: false,
    interrupted: new AbortController().signal,
  }
  const code = await runCommandLine(args, { terminal, withWorkbench: withWorkbench(noEngine) })
  return { code, ...written }
}
const at = (...args: string[]) => cli(...args, '--workspace', workspace.folder)

describe('share and open-shared', () => {
  it('bring runs to another workspace, with or without their sequences', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'both.zip')
    const shared = await at('share', '--runs', runs.join(','), '--no-sequences', '--out', file, '--json')
    expect(shared.code).toBe(0)
    expect(JSON.parse(shared.out)).toEqual({ runs, sequences: false, file, bytes: readFileSync(file).byteLength })

    const elsewhere = ['--workspace', join(folder, 'elsewhere')]
    const taken = await cli('open-shared', file, ...elsewhere)
    expect(taken.code).toBe(0)
    expect(taken.out).toMatch(/^small: 240 elements in HepG2, K562, without sequences\.\n/)
    expect(taken.out).toMatch(/baseline +1 .* no\n/)

    const looked = await cli('open-shared', file, '--look', '--json', ...elsewhere)
    expect(JSON.parse(looked.out)).toMatchObject({
      file: 'both.zip',
      dataset: { sequences: false, here: 1 },
      runs: [{ here: 1 }, { here: 2 }],
    })
    const refused = await cli('train', '--dataset', 'small', '--variants', 'full', ...elsewhere)
    expect(refused).toMatchObject({ code: 1 })
    expect(refused.err).toContain('small came here without its sequences, so nothing can be trained on it.')
  })

  it('says what is wrong with a file', async () => {
    const refused = await at('open-shared', join(workspace.folder, 'workbench.db'))
    expect(refused).toMatchObject({ code: 1 })
    expect(refused.err).toContain('workbench.db is no file of shared runs. Nothing was changed.')
  })
})

describe('report', () => {
  it.each([
    ['html', '<!doctype html>'],
    ['pdf', '%PDF-'],
    ['xlsx', 'PK'],
  ])('writes .%s as the file ends', async (ending, start) => {
    const file = join(temporaryFolder(), `été.${ending}`)
    const { code, out } = await at('report', '--dataset', 'small', '--out', file)
    expect({ code, out }).toEqual({ code: 0, out: `The report is in ${file}.\n` })
    expect(readFileSync(file).subarray(0, start.length).toString()).toBe(start)
  })

  it('reports on the set and the elements that are asked for', async () => {
    const file = join(temporaryFolder(), 'filtered.html')
    expect(await at('report', '--dataset', 'small', '--gc', '50..', '--out', file)).toMatchObject({ code: 0 })
    expect(readFileSync(file, 'utf8')).toContain('(only those that a filter keeps: GC of at least 50 %)')
    expect(await at('report', '--dataset', 'small', '--set', 'nowhere', '--out', file)).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no set nowhere to compare on.') as string,
    })
  })

  it('writes nothing where the file says no format', async () => {
    const file = join(temporaryFolder(), 'report.doc')
    expect(await at('report', '--dataset', 'small', '--out', file)).toMatchObject({
      code: 2,
      err: 'Name a file that ends in .html, .pdf, .xlsx with --out, or say --format.\n',
    })
    expect(existsSync(file)).toBe(false)
  })
})
