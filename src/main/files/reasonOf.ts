import { messageOf } from '../../shared/domain/errors.ts'

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you have no right to it',
  EPERM: 'you have no right to it',
  EROFS: 'it is on a medium that can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  ENOENT: 'its folder is not there',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'too many files are open',
  EIO: 'the disk has a fault',
  SQLITE_FULL: 'the disk is full',
  SQLITE_READONLY: 'it can only be read',
  SQLITE_CANTOPEN: 'you have no right to it, or it is a folder',
  SQLITE_IOERR: 'the disk is full or has a fault',
}

/** Why the operating system, or SQLite, refused a file: in words that follow a colon, without a code or a path. */
export function reasonOf(fault: unknown): string {
  const code = (fault as { readonly code?: unknown } | null)?.code
  if (typeof code !== 'string') return messageOf(fault)
  // SQLite adds to its codes what it was doing: SQLITE_IOERR_WRITE.
  return reasons[code] ?? reasons[code.split('_', 2).join('_')] ?? messageOf(fault)
}
