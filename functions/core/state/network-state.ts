import type { Desired } from '../config/pointer.ts'
import type { Freeze, Order } from '../domain/model.ts'
import type { History } from '../history/history.ts'
import type { RecordSet } from '../zone/record-set.ts'
import type { ServedSeen } from './served-seen.ts'

/** What was last written for one object (a zone, named.conf, the live list). */
export interface Published {
  /** SHA-256 of the content (a zone's without its serial) last published and confirmed; null if never. */
  readonly hash: string | null
  /** A write was announced and not yet confirmed (behaviour §7.4). */
  readonly due: boolean
}

export const neverPublished: Published = { hash: null, due: false }

/** Whether an object was ever published and confirmed, whatever is to be written of it now. */
export function wasPublished(object: Published | undefined): boolean {
  return object !== undefined && object.hash !== null
}

/** Whether what was last written for an object is known to be there. */
export function isConfirmed(object: Published | undefined): boolean {
  return wasPublished(object) && object?.due === false
}

/** A zone's file as it was last published and confirmed. */
export interface ZoneFile {
  readonly serial: number
  /** SHA-256 of the whole file, hexadecimal. */
  readonly sha256: string
}

/** What is known of one zone. `serial` is the last one given out, 0 if none was. */
export interface ZoneRecord extends Published {
  readonly serial: number
  /** Gone from the configuration, and reported so once (behaviour §7.6). */
  readonly orphaned: boolean
  /** It has no clause in this network's named.conf, and gets one only while no other network has it (behaviour §7.6). */
  readonly unclaimed?: boolean
  /** For the manifest. Null: there is none; left out: not known yet, it has to be read. */
  readonly file?: ZoneFile | null
}

/** A hosted zone that a zone's records were in before, and the keys (`rrset.ts`) of edgemanage's own sets there. */
export interface Former {
  readonly hostedZone: string
  readonly keys: readonly string[]
}

/** What is known of one zone's records in Route 53. */
export interface Pushed {
  /** The id of the hosted zone; null while it is not known. */
  readonly hostedZone: string | null
  /** The sets last pushed and confirmed. */
  readonly sets: readonly RecordSet[]
  /** Keys (`rrset.ts`) of the sets that a push may have changed whose answer is missing; empty where all is known. */
  readonly attempted: readonly string[]
  /** Milliseconds since when a push is announced and not confirmed (behaviour §7.4); null if none is. */
  readonly due: number | null
  /** The newest first; left out: none. */
  readonly former?: readonly Former[]
}

/** Addresses of an edge that is a host name: the last one known, and the last one published. */
export interface KnownAddress {
  readonly known: string | null
  readonly published: string | null
}

/** What published texts were made of, and what they came to: hashes, each of the former with the one of the latter. */
export interface RenderedMemo {
  /** Of all zones' contents together; left out: not known. */
  readonly zones?: { readonly key: string; readonly hash: string }
  /** Of named.conf; left out: not known. */
  readonly namedConf?: { readonly key: string; readonly hash: string }
}

/** What cycles remember of each other and can do without: what is lost of it is learned again. */
export interface Seen {
  /** By key: the ETags of objects in the bucket that hold the right text, where they are not its MD5. */
  readonly etags: ReadonlyMap<string, string>
  /** What name servers were found to serve; left out: nothing. */
  readonly served?: ServedSeen
  /** By edge: when the certificate ends that a probe saw last, milliseconds. Left out: none was seen. */
  readonly certificates?: ReadonlyMap<string, number>
  /** What need not be made again to know that nothing has changed; left out: nothing. */
  readonly rendered?: RenderedMemo
  /** Stands for the problems of the configuration that were told in full (core/config/told.ts). Left out: none were. */
  readonly told?: string
}

/** What is known of a network when a cycle begins: everything but the configuration and the probes. */
export interface Before {
  /** The recorded live set, sorted; empty if there never was one; null if it was lost and cannot be read back. */
  readonly live: readonly string[] | null
  /** Milliseconds, ascending, the newest 100. */
  readonly rotations: readonly number[]
  readonly history: History
  readonly addresses: ReadonlyMap<string, KnownAddress>
  /** By edge; `unreadable` where the item is corrupt (behaviour §8.5). */
  readonly orders: ReadonlyMap<string, Order | 'unreadable'>
  readonly freeze: Freeze | 'unreadable' | null
  /** By zone name, those gone from the configuration included. */
  readonly zones: ReadonlyMap<string, ZoneRecord>
  readonly namedConf: Published
  /**
   * The zones with a clause in the published named.conf, where it had to be read; `unread` where it could not be, and
   * must not be written. Left out: the records know them all.
   */
  readonly clauses?: readonly string[] | 'unread'
  readonly liveList: Published
  /** Left out: none was ever published. */
  readonly manifest?: Published
  /** Records that the bucket told more of than the table, to be saved; left out: none. */
  readonly learned?: ReadonlyMap<string, ZoneRecord>
  /** By zone name: its records in Route 53. */
  readonly pushed: ReadonlyMap<string, Pushed>
  /** Left out: nothing. */
  readonly seen?: Seen
  /** What is said about the configuration in force; left out: nothing. */
  readonly desired?: Desired
  /** How many cycles of this network have ended, as far as is known. */
  readonly cycle: number
  /** What was found wrong with the stored state, in words for the report. */
  readonly warnings: readonly string[]
}
