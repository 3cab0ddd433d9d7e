import type { Network } from '../config/network.ts'

/** The memory of a function that does not probe, in MB. */
export const minMemory = 256

const sizes = [minMemory, 512, 1024, 1769, 3008] as const
/** A function has one whole processor at so much memory, and a share in proportion below it. */
const wholeProcessorMegabytes = 1769
/** What publishing one zone for the first time takes of a processor, and a cycle's zones in memory beside all else, measured. */
const processorSecondsPerZone = 0.0028
const megabytesPerZone = 0.035
const megabytesBesides = 110
/** What a cycle has for publishing when probing has taken its time (behaviour §8.1), less some room. */
const publishingSeconds = 30

/**
 * The memory of a function that probes this network, in MB. Processor time comes in proportion to it, and probing over
 * TLS wants that rather than room: with these sizes a cycle's own work takes 6 s at most and adds some 30 ms to a fetch
 * time, at a peak of 120 MB for 200 edges and 180 MB for 1,000 (test/bench/lambda-memory.ts). All zones at once are to be
 * published in one cycle: 10,000 zones take 28 s of a processor, which is four cycles with 256 MB. Healthy networks cost the
 * same with more, but an edge that hangs is paid for in memory.
 */
export function probingMemory({ edges, canaries, zones }: Pick<Network, 'edges' | 'canaries' | 'zones'>): number {
  const probes = edges.length + canaries.length
  const forProbes = probes <= 200 ? minMemory : probes <= 500 ? 512 : 1024
  const forTime = (zones.length * processorSecondsPerZone * wholeProcessorMegabytes) / publishingSeconds
  const forRoom = megabytesBesides + zones.length * megabytesPerZone
  // A second processor helps nobody here: beyond a whole one, only room counts.
  const needed = Math.max(forProbes, Math.min(forTime, wholeProcessorMegabytes), forRoom)
  return sizes.find(size => size >= needed) ?? 3008
}
