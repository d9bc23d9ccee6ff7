import { createHash } from 'node:crypto'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Source } from '../../shared/domain/source.ts'
import { withSource, type OpenedSource } from '../files/openSource.ts'
import { readModelFile, type ModelFile } from './readModelFile.ts'

/** A hundred times what a model of ten thousand cell types takes. */
const LARGEST = 64 * 1024 * 1024

export interface OpenedModel extends ModelFile {
  /** The file's own name, less its `.gz` where it came compressed. */
  readonly file: string
  /** Decompressed. */
  readonly content: Uint8Array
  /** Of the content, in hex. */
  readonly sha256: string
}

/** The model in a file, an upload or what was handed in. @throws WorkbenchError as {@link readModelFile} does, or where it cannot be read */
export function readModelSource(source: Source, uploadsFolder: string): Promise<OpenedModel> {
  const read = async ({ name, chunks, format }: OpenedSource) => {
    const pieces: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of chunks) {
      pieces.push(chunk)
      if ((bytes += chunk.byteLength) > LARGEST) {
        const hint = 'Choose a file that was saved by “Save the model” or export-model.'
        throw new WorkbenchError('invalid-input', `${name} is not a model: it is larger than any model of the workbench.`, {
          file: name,
          hint,
        })
      }
    }
    const content = new Uint8Array(Buffer.concat(pieces))
    return {
      ...readModelFile(content, name),
      file: format.compressed ? name.replace(/\.gz$/i, '') : name,
      content,
      sha256: createHash('sha256').update(content).digest('hex'),
    }
  }
  return withSource(source, uploadsFolder, read, 'bytes')
}
