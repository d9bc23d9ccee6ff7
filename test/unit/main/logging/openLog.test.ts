import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLog } from '../../../../src/main/logging/openLog.ts'

let folder: string
beforeEach(() => (folder = join(mkdtempSync(join(tmpdir(), 'log-')), 'logs')))
afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

const large = (letter: string) => letter.repeat(5 * 2 ** 20 + 1)
const read = (name: string) => readFileSync(join(folder, name), 'utf8')

describe('openLog', () => {
  it('makes the folder and writes a line of JSON an entry, at once', () => {
    openLog(folder).error({ err: new Error('broken'), run: 3 }, 'the run failed')
    openLog(folder).info({}, 'opened again')
    const [first, second] = read('workbench.log')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(first).toMatchObject({ msg: 'the run failed', run: 3, err: { message: 'broken' }, pid: process.pid })
    expect(second).toMatchObject({ msg: 'opened again' })
  })

  it('sets a large log aside, and keeps four', () => {
    for (const letter of 'abcdef') {
      openLog(folder)
      writeFileSync(join(folder, 'workbench.log'), large(letter))
    }
    openLog(folder)
    expect(readdirSync(folder).sort()).toEqual([
      'workbench.1.log',
      'workbench.2.log',
      'workbench.3.log',
      'workbench.4.log',
      'workbench.log',
    ])
    expect(statSync(join(folder, 'workbench.log')).size).toBe(0)
    expect([1, 2, 3, 4].map((age) => read(`workbench.${age}.log`)[0])).toEqual(['f', 'e', 'd', 'c'])
  })
})
