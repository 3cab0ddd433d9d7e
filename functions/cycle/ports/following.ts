import type { FileInPlace } from '../../core/following/state.ts'
import type { JudgedZone } from '../../core/following/verdicts.ts'

/** What a conditional request for a manifest gave. */
export type ManifestAnswer =
  | { readonly is: 'unchanged' }
  | { readonly is: 'read'; readonly text: string; readonly etag: string }
  | { readonly is: 'unreadable'; readonly reason: string }

/** What is published, for those who serve it. */
export interface PublishedZones {
  /** One request: the network's manifest where its ETag is another than this one. Never rejects. */
  manifest(network: string, etag: string | null): Promise<ManifestAnswer>
  /** The bytes of a zone's file. Rejects where it is missing, too large or out of reach, with the reason as its message. */
  file(key: string): Promise<Uint8Array>
}

/** The texts that a follower keeps in its folder beside the zones. */
export type FollowerText = 'state' | 'lastPass' | 'metrics' | 'clauses' | 'catalog'

/** The folder that a follower keeps beside a name server. Everything is written whole or not at all. */
export interface ServedFolder {
  read(name: FollowerText): Promise<string | null>
  write(name: FollowerText, text: string): Promise<void>
  remove(name: FollowerText): Promise<void>
  /** Absolute. */
  pathOf(zone: string): string
  /** Absolute: of the catalog zone. */
  readonly catalogPath: string
  /** The stamps of these zones' files, of those that are there. */
  stamps(zones: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Reads a zone's file; null where there is none. */
  look(zone: string): Promise<FileInPlace | null>
  /** Removes whatever a pass before left aside. */
  clearStage(): Promise<void>
  /** Writes a file aside, on the same file system; the answer is its path. */
  stage(name: string, bytes: Uint8Array | string): Promise<string>
  /** Puts what was staged for a zone into its place in one step; the answer is its stamp. */
  place(zone: string): Promise<string>
  removeZone(zone: string): Promise<void>
}

/** A configuration file that is set aside to be judged. */
export type JudgedFile = Pick<JudgedZone, 'file'>

/** The name server's own checks. Each answer is null where nothing is wrong, else the reason, printable. */
export interface NameServerChecks {
  /** One zone alone (`named-checkzone -i local`). */
  zone(zone: JudgedZone): Promise<string | null>
  /** Many zones at once (`named-checkconf -z`), over a configuration with a clause for each of them. */
  zones(zones: readonly JudgedZone[], conf: JudgedFile): Promise<ReadonlyMap<string, string | null>>
  /** A configuration (`named-checkconf`). */
  conf(conf: JudgedFile): Promise<string | null>
}

/** Asks the name server (`CMD reload ZONE`); null where it was granted, else why not, printable. Never rejects. */
export type AskServer = (words: readonly string[]) => Promise<string | null>

/** Everything that a follower may do to the world. */
export interface FollowerPorts {
  readonly published: PublishedZones
  readonly folder: ServedFolder
  readonly checks: NameServerChecks
  readonly askServer: AskServer
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly monotonic: () => number
  readonly progress: (step: string, done: number, total: number) => void
}
