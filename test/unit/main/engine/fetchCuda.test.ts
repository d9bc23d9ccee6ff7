import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fetchCuda } from '../../../../src/main/engine/fetchCuda.ts'
import type { StageProgress } from '../../../../src/shared/contract/calls/inputs.ts'

/** A set-up that does this in place of fetching gigabytes. */
function home(script?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'fetch cuda-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'scripts'))
  if (script) writeFileSync(join(folder, 'scripts', 'engine.mjs'), script)
  return folder
}
const never = new AbortController().signal

describe('fetchCuda', () => {
  it('runs the set-up’s script without being asked anything, and hands on how far it is', async () => {
    const seen: StageProgress[] = []
    const folder = home(`
      import { writeFileSync } from 'node:fs'
      writeFileSync('arguments', process.argv.slice(2).join(' '))
      console.error('File 1 of 2')
      console.log('{"stage":"Fetching","done":1,"total":2}')
      console.log('something else')
      console.log('{"stage":"Unpacking","done":0,"total":2}')`)
    await fetchCuda((value) => seen.push(value), never, folder)
    expect(readFileSync(join(folder, 'arguments'), 'utf8')).toBe('--cuda --yes --progress')
    expect(seen).toEqual([
      { stage: 'Fetching', done: 1, total: 2 },
      { stage: 'Unpacking', done: 0, total: 2 },
    ])
  })

  it('gives the set-up’s own words where it fails', async () => {
    const folder = home(
      `console.error('File 1 of 2\\n\\nThe disk has too little room.\\nMake room, then start again.\\n'); process.exitCode = 1`,
    )
    await expect(fetchCuda(() => {}, never, folder)).rejects.toMatchObject({
      code: 'unavailable',
      details: { hint: 'The disk has too little room.\nMake room, then start again.' },
    })
  })

  it('ends the script when it is stopped', async () => {
    const folder = home(`
      import { writeFileSync } from 'node:fs'
      process.on('SIGTERM', () => { writeFileSync('ended', ''); process.exit(1) })
      setInterval(() => console.log('{"stage":"Fetching","done":1,"total":2}'), 10)`)
    const stop = new AbortController()
    await expect(fetchCuda(() => stop.abort(), stop.signal, folder)).rejects.toMatchObject({ code: 'cancelled' })
    expect(existsSync(join(folder, 'ended'))).toBe(true)
  })

  it('says so where there is no script', () => {
    expect(() => fetchCuda(() => {}, never, home())).toThrow('This copy of the workbench cannot fetch CUDA.')
  })
})
