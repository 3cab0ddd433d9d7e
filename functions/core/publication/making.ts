import type { zoneMaker } from './zone-maker.ts'

export type ZoneMaker = typeof zoneMaker

/** Zones are to be made or read by a process that has not loaded what does so: after `loadZoneMaker` the same call works. */
export class ZoneMakerMissing extends Error {
  override readonly name = 'ZoneMakerMissing'
}

let loaded: ZoneMaker | null = null

/** Loads what makes zones, for good. A cycle in which nothing is to be written does without it. */
export async function loadZoneMaker(): Promise<ZoneMaker> {
  loaded ??= (await import('./zone-maker.ts')).zoneMaker
  return loaded
}

/** What makes zones. Throws `ZoneMakerMissing` before it is loaded. */
export function makerOfZones(): ZoneMaker {
  if (loaded === null) throw new ZoneMakerMissing('what makes zones is not loaded yet')
  return loaded
}

/** What `work` gives, with zones made where it needs them. `work` is repeated where they have to be loaded first: it must be pure. */
export async function withZoneMaker<T>(work: () => T): Promise<T> {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ZoneMakerMissing)) throw error
    await loadZoneMaker()
    return work()
  }
}
