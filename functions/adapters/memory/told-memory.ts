import type { ToldMemory } from '../../cycle/ports/ports.ts'

/** Remembers what was told for as long as this process lives. */
export function createToldMemory(): ToldMemory {
  const hashes = new Map<string, string | null>()
  return {
    recall: async network => hashes.get(network) ?? null,
    remember: async (network, hash) => void hashes.set(network, hash),
  }
}
