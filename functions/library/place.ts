import { chooseNetwork } from '../app/choose-network.ts'
import { networkInForce } from '../app/configuration/choose.ts'
import { withNamed } from '../app/naming.ts'
import type { NetworkFlags } from '../app/network-flags.ts'
import { type OpenStorage, type Storage, storageAt } from '../app/open-storage.ts'
import { existingPlaceOf, type Place } from '../app/target.ts'
import { withStorage } from '../app/with-storage.ts'
import type { Network } from '../core/config/network.ts'

/** Where a network is configured and kept; what is left out comes from the environment, as on the command line. */
export interface Where {
  /** The configuration folder. */
  readonly config?: string
  /** The network; may be left out where there is one. */
  readonly network?: string
  /** Keep state and published files in this folder. */
  readonly local?: string
  /** Work on the table and the bucket of this CloudFormation stack. */
  readonly stack?: string
}

/** A network, and how to open what is kept of it. */
export interface Site {
  readonly network: Network
  readonly place: Place
  readonly open: OpenStorage
}

/** The same as flags of the command line; a network that the environment names counts where none is given. */
export function flagsOf({ network, ...where }: Where): NetworkFlags {
  return withNamed({ ...where, ...(network === undefined ? {} : { dnet: network }) }, process.env)
}

/** The network that is meant as it lies in the folder. Throws `UsageError` or `ConfigurationFault` with every reason. */
export function folderNetwork(where: Where): Network {
  return chooseNetwork(flagsOf(where), process.env).network
}

/** The site that is meant, with the network as it is in force (behaviour §11). Throws the same. */
export async function siteInForce(where: Where): Promise<Site> {
  const place = existingPlaceOf(where, process.env)
  const { network } = await networkInForce(flagsOf(where), process.env)
  return { network, place, open: storageAt(place, process.env) }
}

/** Works on the storage of a site; waits up to 10 s for another process that has an embedded one. */
export async function onSite<T>(
  where: Where,
  readOnly: boolean,
  work: (storage: Storage, site: Site) => Promise<T>,
): Promise<T> {
  const site = await siteInForce(where)
  return withStorage(site.open, readOnly, storage => work(storage, site))
}
