import dns from 'node:dns'
import { canonicalAddress, compareAddresses } from '../../core/zone/addresses.ts'

/**
 * The address of a host name (behaviour §1.3): `preferred` while it is among the answers, otherwise the lowest, IPv4
 * before IPv6. Asks the system's resolver, so that its hosts file counts; rejects with the resolver's error. That
 * resolver works in the thread pool (UV_THREADPOOL_SIZE): names that hang hold up the others if the pool is small.
 */
export function resolveAddress(name: string, preferred: string | null): Promise<string> {
  return new Promise((resolve, reject) => {
    dns.lookup(name, { all: true, verbatim: true }, (error, answers) => {
      if (error) return reject(error)
      const addresses = answers.flatMap(answer => canonicalAddress(answer.address) ?? []).sort(compareAddresses)
      const lowest = addresses[0]
      if (lowest === undefined) return reject(new Error('no address'))
      resolve(preferred !== null && addresses.includes(preferred) ? preferred : lowest)
    })
  })
}
