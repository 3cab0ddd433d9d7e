/** The prober's own troubles: they say nothing about a name (behaviour §1.5). */
const ownFaults: ReadonlySet<string> = new Set([
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
  'EADDRNOTAVAIL',
  'EPERM',
  'EACCES',
])

/** Whether this code of a system error tells of a trouble of the prober's own. */
export function isOwnFault(code: string): boolean {
  return ownFaults.has(code)
}
