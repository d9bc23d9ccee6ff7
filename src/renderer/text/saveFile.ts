/** Hands bytes or text to the browser as a download. */
export function saveFile(fileName: string, content: Uint8Array | string | Blob, type = 'text/tab-separated-values;charset=utf-8'): void {
  const blob = content instanceof Blob ? content : new Blob([content as BlobPart], { type })
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // Revoked later: some browsers begin to read only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** A file name without the characters that file systems refuse. */
export function fileNameOf(text: string, extension: string): string {
  const name =
    text
      .normalize('NFC')
      .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 120) || 'workbench'
  return `${name}.${extension}`
}
