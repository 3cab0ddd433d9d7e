import { codeOf } from '../files/whole-file.ts'
import { isBusy, isDamage } from './connection.ts'

/** What a failing database means for an operator, in one line. */
export function explainStore(error: unknown, path: string): string {
  const message = error instanceof Error ? error.message : String(error)
  const code = codeOf(error)
  if (isBusy(error)) return `${path} is kept busy by another process`
  if (isDamage(error)) return `${path} is damaged (${message}): the next "edgemanage manage" sets it aside`
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return `no space is left on the disk of ${path}`
  if (code === 'EACCES' || code === 'EPERM' || code?.startsWith('SQLITE_READONLY')) {
    return `${path} must not be written by this user: check owner and mode of the file and its folder`
  }
  return `${path} is out of reach: ${message}`
}
