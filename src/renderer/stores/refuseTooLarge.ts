import { WorkbenchError } from '../../shared/domain/errors.ts'
import { formatBytes } from '../../shared/text/numbers.ts'

const GIB = 2 ** 30

/** Refuses a file before it is sent in vain. @throws WorkbenchError `invalid-input` where it has more bytes than the settings allow */
export function refuseTooLarge({ name, size }: { readonly name: string; readonly size: number }, limitGiB: number): void {
  if (size <= limitGiB * GIB) return
  throw new WorkbenchError('invalid-input', `${name} has ${formatBytes(size)}; one upload may have ${formatBytes(limitGiB * GIB)}.`, {
    file: name,
    hint: 'Allow more in Settings, compress it, or use the command line, which reads files where they are.',
  })
}
