import type { Network } from '../functions/core/config/network.ts'

/** The memory of a function that does not probe, in MB. */
export const smallestMemory = 256

/** The memory of a function that probes this network, in MB; processor time comes in proportion to it. */
export function probingMemory({ edges, canaries }: Pick<Network, 'edges' | 'canaries'>): number {
  const probes = edges.length + canaries.length
  if (probes <= 200) return smallestMemory
  return probes <= 500 ? 512 : 1024
}
