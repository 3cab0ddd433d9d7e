import type { Network } from '../config/network.ts'

/** The memory of a function that does not probe, in MB. */
export const minMemory = 256

/**
 * The memory of a function that probes this network, in MB. Processor time comes in proportion to it, and probing over
 * TLS wants that rather than room: with these sizes a cycle's own work takes 6 s at most and adds some 30 ms to a fetch
 * time, at a peak of 120 MB for 200 edges and 180 MB for 1,000 (test/bench/lambda-memory.ts). Healthy networks cost the
 * same with more, but an edge that hangs is paid for in memory.
 */
export function probingMemory({ edges, canaries }: Pick<Network, 'edges' | 'canaries'>): number {
  const probes = edges.length + canaries.length
  if (probes <= 200) return minMemory
  return probes <= 500 ? 512 : 1024
}
