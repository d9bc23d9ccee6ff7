/** A file's name without its endings. */
export function fileStem(file: string): string {
  return file.replace(/\.b?gz$/i, '').replace(/\.(?:tsv|csv|txt|tab|bed|xlsx|xlsm)$/i, '') || file
}
