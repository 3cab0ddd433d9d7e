import type { Network } from '../../core/config/network.ts'
import { canaryAddresses } from '../../core/config/network.ts'
import { thresholdMicros } from '../../core/judgement/assess.ts'
import type { Before } from '../../core/state/network-state.ts'
import type { Target } from '../ports/ports.ts'
import type { Request } from '../ports/request.ts'

/** Everyone to probe in a cycle: every edge, and every canary address once (behaviour §1.1, §6). */
export function targetsOf(network: Network, before: Before): Target[] {
  return [
    ...network.edges.map(edge => ({
      kind: 'edge' as const,
      name: edge.name,
      address: edge.address,
      ...(edge.lookUp === undefined ? {} : { lookUp: edge.lookUp }),
      preferred: before.addresses.get(edge.name)?.published ?? null,
    })),
    ...canaryAddresses(network).map(address => ({ kind: 'canary' as const, name: address, address, preferred: null })),
  ]
}

/** What every probe of the network asks for. */
export function requestOf(network: Network): Request {
  const { settings, object } = network
  const { host, port, proto, uri, verify, headers } = settings.testobject
  return {
    host,
    port,
    proto,
    uri,
    verify,
    headers,
    timeoutSeconds: settings.timeout,
    attempts: settings.retry,
    sha256: object.sha256,
    bytes: object.bytes,
  }
}

/** What a target's fetch time must stay below (microseconds), and whether it is in the recorded live set. */
export interface Standard {
  readonly thresholdMicros: number
  readonly isLive: boolean
}

/** The standard of each target of a network (behaviour §3); canaries are never live. */
export function standardsOf({ settings }: Network, before: Before): (target: Target) => Standard {
  const live = new Set(before.live)
  return ({ kind, name }) => {
    const isLive = kind === 'edge' && live.has(name)
    return { thresholdMicros: thresholdMicros(settings, isLive), isLive }
  }
}
