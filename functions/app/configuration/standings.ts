import { UsageError } from '../../core/domain/errors.ts'
import { type NetworkInForce, networksKept, standingOf } from '../network-in-force.ts'
import type { Storage } from '../open-storage.ts'
import type { Place } from '../target.ts'

/** The networks that are meant: the one that is named, or all of which something is in force. Throws `UsageError`. */
export async function standings(
  { dnet }: { readonly dnet?: string },
  storage: Storage,
  place: Place,
): Promise<NetworkInForce[]> {
  const kept = await networksKept(storage)
  const names = dnet === undefined ? kept : [dnet]
  const found: NetworkInForce[] = []
  for (const name of names) found.push(await standingOf(name, storage, place))
  const known = found.filter(({ wanted }) => wanted !== null)
  if (known.length === 0) {
    const which = dnet === undefined ? 'any network' : dnet
    throw new UsageError(`nothing was ever put in force for ${which}: edgemanage config push does, and so does a cycle`)
  }
  return known
}
