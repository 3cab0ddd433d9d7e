import type { Waiting } from './state.ts'

/** Up to this many zones are reloaded one by one, more all at once (behaviour §12.1). */
const maxByName = 100

/** What to ask the name server for, in this order: each the words behind `CMD`. */
export function requestsFor({ reconfig, zones }: Waiting): readonly (readonly string[])[] {
  const first = reconfig ? [['reconfig']] : []
  if (zones.length > maxByName) return [...first, ['reload']]
  return [...first, ...zones.map(zone => ['reload', zone])]
}

/** What still waits once this request was granted. */
export function afterRequest({ reconfig, zones }: Waiting, [word, zone]: readonly string[]): Waiting {
  if (word === 'reconfig') return { reconfig: false, zones }
  return { reconfig, zones: zone === undefined ? [] : zones.filter(one => one !== zone) }
}

/** Both together; each zone once. */
export function bothWaiting(a: Waiting, b: Waiting): Waiting {
  return { reconfig: a.reconfig || b.reconfig, zones: [...new Set([...a.zones, ...b.zones])] }
}
