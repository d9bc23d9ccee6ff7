import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  DamagedCheckpoint,
  readCheckpointFile,
  setAsideCheckpointFile,
  sweepCheckpointFiles,
  writeCheckpointFile,
} from '../../../../src/main/experiments/checkpointFiles.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'checkpoints-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const content = { tensors: { w: { shape: [2], values: Float32Array.of(1, 2) } }, metadata: { epoch: '3' } }
const write = (file = 'run-1-epoch-3.safetensors') => writeCheckpointFile(folder, file, 3, content)

describe('checkpoint files', () => {
  it('reads what it wrote, and leaves nothing else', async () => {
    const stored = await write()
    expect(await readCheckpointFile(folder, stored)).toEqual(content)
    expect(readdirSync(folder)).toEqual(['run-1-epoch-3.safetensors'])
    expect(stored.bytes).toBe(readFileSync(join(folder, stored.file)).byteLength)
  })

  it('tells a file that is gone, cut short or changed by one bit', async () => {
    const stored = await write()
    const path = join(folder, stored.file)
    const whole = readFileSync(path)
    whole[whole.length - 1]! ^= 1
    writeFileSync(path, whole)
    await expect(readCheckpointFile(folder, stored)).rejects.toThrow(DamagedCheckpoint)
    truncateSync(path, 20)
    await expect(readCheckpointFile(folder, stored)).rejects.toThrow(/has 20 bytes in place of/)
    rmSync(path)
    await expect(readCheckpointFile(folder, stored)).rejects.toThrow(/not there any more/)
  })

  it('says in words that a file cannot be written', async () => {
    await expect(writeCheckpointFile(join(folder, 'gone'), 'x.safetensors', 1, content)).rejects.toThrow(
      /^The checkpoint of epoch 1 could not be written/,
    )
  })

  it('sweeps what a crash left and nothing else', async () => {
    await write('run-1-epoch-3.safetensors')
    await write('run-1-epoch-4.safetensors')
    await write('run-2-model.safetensors')
    await write('run-3-epoch-1.safetensors')
    await setAsideCheckpointFile(folder, 'run-3-epoch-1.safetensors')
    writeFileSync(join(folder, 'half.safetensors.part'), 'x')
    writeFileSync(join(folder, 'notes.txt'), 'the user’s own')
    await sweepCheckpointFiles(folder, ['run-1-epoch-3.safetensors'])
    expect(readdirSync(folder).sort()).toEqual([
      'notes.txt',
      'run-1-epoch-3.safetensors',
      'run-2-model.safetensors',
      'run-3-epoch-1.safetensors.damaged',
    ])
  })

  it('sets aside what is already gone without a word', async () => {
    await expect(setAsideCheckpointFile(folder, 'gone.safetensors')).resolves.toBeUndefined()
  })
})
