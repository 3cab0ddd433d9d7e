/** One thing that put a configuration in force: a pointer that was moved, or a deploy. */
export interface Moment {
  readonly what: 'move' | 'deploy'
  readonly hash: string
  /** Of a move: the deployed bundle that it was made over; null where none was known. */
  readonly base: string | null
  /** Of a move of a pointer that was lost: what cycles had noted until then, and so what was in force before it. */
  readonly over?: string | undefined
}

/** What a cycle found when it read what is to be in force, and what it used. */
export interface Use {
  readonly hash: string
  readonly rejected: readonly string[]
  /** What had happened when it read, the oldest first. */
  readonly before: readonly Moment[]
  /** The bundle that its function was deployed with. */
  readonly deployed: string
  /** The bundle that the cycle before had noted; null where none, or none that can be read. */
  readonly noted: string | null
  /** The pointer could not be read. */
  readonly isPointerLost: boolean
  /** Bundles that were damaged at some time while it worked. */
  readonly damaged: ReadonlySet<string>
  /** Bundles that ever were: whoever looked then has rejected them. */
  readonly everDamaged: ReadonlySet<string>
  /** Requests of the cycle to table and bucket that failed. */
  readonly faults: number
}

/** What may be in force, the newest first: the moves since a deploy that were made over it, and that deploy. */
export function inForceSince(moments: readonly Moment[], deployed: string): string[] {
  const at = moments.findLastIndex(({ what, hash }) => what === 'deploy' && hash === deployed)
  const isOver = ({ what, base }: Moment) => what === 'move' && (base === null || base === deployed)
  const moves = moments.slice(at + 1).filter(isOver)
  return [deployed, ...moves.map(({ hash }) => hash)].reverse()
}

/** Why a cycle broke the promise that it uses nothing older than the newest that was not rejected; null where it kept it. */
export function brokenBy(use: Use): string | null {
  // Pushed when nobody knew what was deployed: it was pushed over what the next cycle found.
  if (use.before.findLast(({ what }) => what === 'move')?.base === null) return null
  const [newest = '', ...earlier] = inForceSince(use.before, use.deployed)
  const { hash, rejected, damaged, everDamaged, faults, noted, isPointerLost } = use
  const isTroubled = faults > 0 || isPointerLost
  if (hash === newest) return rejected.length === 0 || isTroubled || damaged.has(hash) ? null : 'rejected what it used'
  if (rejected.length === 0) return 'used an older one, and rejected nothing'
  if (!damaged.has(newest) && !isTroubled) return 'rejected a whole bundle'
  // Without its pointer a network goes on with what its last cycle used, or what was deployed.
  if (isTroubled && (hash === noted || hash === use.deployed)) return null
  if (hash === use.before.findLast(moment => moment.hash === newest)?.over) return null
  const next = earlier.find(one => one === use.deployed || !everDamaged.has(one))
  const isNewEnough = earlier.indexOf(hash) !== -1 && earlier.indexOf(hash) <= earlier.indexOf(String(next))
  return isNewEnough || faults > 0 ? null : `used ${hash.slice(0, 6)}, not ${next?.slice(0, 6)}`
}
