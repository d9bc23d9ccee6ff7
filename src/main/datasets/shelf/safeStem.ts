/** A dataset's name as the beginning of a file's, without what file systems refuse. */
export function safeStem(name: string): string {
  return (
    name
      .normalize('NFC')
      .replace(/[^\p{L}\p{N}\p{M} ._()+-]/gu, '_')
      .replace(/^\.+|[. ]+$/g, '')
      .slice(0, 120) || 'dataset'
  )
}
