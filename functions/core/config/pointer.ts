/** The SHA-256 of a bundle, hexadecimal. */
export type BundleName = string

/** Who put a configuration in force, when (milliseconds), and why. */
export interface Signed {
  readonly by: string
  readonly at: number
  readonly comment: string
}

/** The item `DESIRED` of a network: which bundle is to be in force (behaviour §11.1). */
export interface Pointer extends Signed {
  /** Random, new for every move: a conditional write names the one that it replaces. */
  readonly id: string
  readonly what: 'push' | 'rollback' | 'folder'
  readonly hash: BundleName
  /** The deployed bundle that it was pushed over; null where none was known. */
  readonly base: BundleName | null
  /** What was in force before; null if nothing was. */
  readonly previous: (Signed & { readonly hash: BundleName }) | null
  /** The hash of the object with the whole `edgemanage.yaml`, as it was pushed; null where it is not kept. */
  readonly source: string | null
  /** The bundle of the folder that a cycle on this machine last took up (behaviour §11.7); null where none was. */
  readonly folder: BundleName | null
  /** When (milliseconds) a cycle found it to be pushed over another deploy: it never holds again. Null: it holds. */
  readonly aside: number | null
}

/** A bundle that could not be used, and why: the verdict is kept (behaviour §11.4). */
export interface Rejection {
  /** Null: the pointer itself cannot be read. */
  readonly hash: BundleName | null
  /** The product's version that rejected it: another one looks again. */
  readonly version: string
  /** True: the bundle itself is invalid. False: it is missing or damaged, and is looked for again. */
  readonly isFinal: boolean
  /** At least one, bounded. */
  readonly reasons: readonly string[]
}

/** The item `DESIRED#TAKEN`: what cycles have taken up. */
export interface TakenUp extends Signed {
  readonly hash: BundleName
  /** The deployed bundle of the cycle that wrote this; null where there was none. */
  readonly deployed: BundleName | null
  readonly rejected: Rejection | null
}

/** What the table says about the configuration of a network. */
export interface Desired {
  readonly pointer: Pointer | 'unreadable' | null
  readonly taken: TakenUp | 'unreadable' | null
}

export const nothingDesired: Desired = { pointer: null, taken: null }

/** One entry of `config log`: what became of the configuration of a network. */
export interface ConfigEvent extends Signed {
  readonly what: 'push' | 'rollback' | 'folder' | 'deploy'
  readonly hash: BundleName
  readonly previous: BundleName | null
  /** Of a deploy: the pushed bundle that it set aside, and whose it was. */
  readonly setAside?: { readonly hash: BundleName; readonly by: string }
  /** The hash of the object with the whole `edgemanage.yaml`, as it was pushed; left out where it is not kept. */
  readonly source?: string
}
