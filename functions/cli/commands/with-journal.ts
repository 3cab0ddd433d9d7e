import { isStored } from '../../adapters/embedded/files.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { storageAt } from '../../app/open-storage.ts'
import { existingPlaceOf } from '../../app/target.ts'
import { withStorage } from '../../app/with-storage.ts'
import type { Journal } from '../../cycle/ports/journal.ts'

/** Looks at what is stored where the flags say, and touches nothing. Throws where nothing ever was stored there. */
export async function withJournal<T>(
  flags: NetworkFlags,
  env: NodeJS.ProcessEnv,
  look: (journal: Journal) => Promise<T>,
): Promise<T> {
  const place = existingPlaceOf(flags, env)
  if (place.kind === 'local' && !isStored(place.folder)) {
    throw new Error(`nothing is stored in ${place.folder}: run edgemanage manage --local ${place.folder} first`)
  }
  return withStorage(storageAt(place, env), true, ({ journal }) => look(journal))
}
