import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Source } from '../../shared/domain/source.ts'

export interface UploadOptions {
  readonly signal?: AbortSignal | undefined
  /** Bytes sent so far. */
  readonly onProgress?: ((sent: number) => void) | undefined
}

/**
 * Streams a file to the workspace and returns where the core finds it. The name travels beside the bytes and may hold
 * any letter. Rejects with a {@link WorkbenchError} that names the file.
 */
export function uploadFile(file: File, { signal, onProgress }: UploadOptions = {}): Promise<Source> {
  return new Promise((resolve, reject) => {
    const fail = (code: 'unavailable' | 'invalid-input' | 'cancelled', message: string, hint?: string) =>
      reject(new WorkbenchError(code, message, { file: file.name, hint }))
    if (signal?.aborted) return fail('cancelled', 'Stopped.')
    // XMLHttpRequest, because fetch does not tell how much of an upload has been sent.
    const request = new XMLHttpRequest()
    request.open('POST', '/uploads')
    request.responseType = 'json'
    request.setRequestHeader('X-File-Name', encodeURIComponent(file.name))
    request.upload.addEventListener('progress', (event) => onProgress?.(event.loaded))
    request.addEventListener('load', () => {
      const answer = request.response as { upload?: unknown; message?: unknown; hint?: unknown } | null
      if (request.status < 300 && typeof answer?.upload === 'string') resolve({ kind: 'upload', upload: answer.upload, name: file.name })
      else
        fail(
          'invalid-input',
          typeof answer?.message === 'string' ? answer.message : `${file.name} could not be handed to the workbench.`,
          typeof answer?.hint === 'string' ? answer.hint : 'Choose the file again.',
        )
    })
    request.addEventListener('error', () =>
      fail(
        'unavailable',
        `${file.name} could not be read, or the workbench stopped answering.`,
        'Check that the file is still there, then choose it again.',
      ),
    )
    request.addEventListener('abort', () => fail('cancelled', 'Stopped.'))
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}
