import type { RecordsPort } from '../cycle/ports.ts'

/** Route 53, opened when it is first asked something: a quiet cycle needs none, and its client takes time to load. */
export function lazyRecords(): RecordsPort {
  let opened: Promise<RecordsPort> | null = null
  const records = () => {
    opened ??= open()
    return opened
  }
  return {
    hostedZones: async (from, signal) => (await records()).hostedZones(from, signal),
    recordSets: async (hostedZone, from, signal) => (await records()).recordSets(hostedZone, from, signal),
    change: async (hostedZone, changes, signal) => (await records()).change(hostedZone, changes, signal),
  }
}

async function open(): Promise<RecordsPort> {
  const [{ createRoute53Records }, { route53Client }] = await Promise.all([
    import('./route53-records.ts'),
    import('./route53-client.ts'),
  ])
  return createRoute53Records(route53Client())
}
