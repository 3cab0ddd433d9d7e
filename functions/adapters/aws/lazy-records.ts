import type { RecordsPort } from '../../cycle/ports/ports.ts'
import { lazily } from './lazily.ts'

/**
 * Route 53, opened when it is first asked something: a quiet cycle needs none, and its client takes time to load. `open`:
 * where from; the account's own unless another is given.
 */
export function lazyRecords(open: () => Promise<RecordsPort> = openRoute53): RecordsPort {
  const records = lazily(open)
  return {
    hostedZones: async (from, signal) => (await records()).hostedZones(from, signal),
    recordSets: async (hostedZone, from, signal) => (await records()).recordSets(hostedZone, from, signal),
    nameServers: async (hostedZone, signal) => (await records()).nameServers(hostedZone, signal),
    change: async (hostedZone, changes, signal) => (await records()).change(hostedZone, changes, signal),
  }
}

/** Loads Route 53's modules, for those who cannot wait until they are needed. */
export const loadRoute53 = () => Promise.all([import('./route53-records.ts'), import('./route53-client.ts')])

async function openRoute53(): Promise<RecordsPort> {
  const [{ createRoute53Records }, { route53Client }] = await loadRoute53()
  return createRoute53Records(route53Client())
}
