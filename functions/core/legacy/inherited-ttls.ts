import { scanMasterFile } from '../zone/master-file.ts'
import { readRecords } from '../zone/records.ts'
import { normaliseName } from '../zone/zone-name.ts'

/** A record of an include that has another TTL here than it had with the original. */
export interface InheritedTtl {
  readonly line: number
  /** Seconds: that of the record before it. */
  readonly was: number
}

/** The records that the original wrote before an include had this TTL; so have those of ours that name none. */
export const originalTtl = 300

/**
 * Records of an include without a TTL of their own, which took that of the record before them: the original's zones have
 * no `$TTL`, ours have one. `zone`: the zone's name.
 */
export function inheritedTtls(text: string, zone: string): InheritedTtl[] {
  const file = scanMasterFile(text)
  const read = (ttl: number) => readRecords(file, `${normaliseName(zone)}.`, ttl).records
  // Whose TTL depends on the default has none of its own, and stands below no $TTL.
  const others = read(originalTtl + 1)
  const found: InheritedTtl[] = []
  let last = originalTtl
  for (const [at, { line, ttl }] of read(originalTtl).entries()) {
    if (others[at]?.ttl === ttl) last = ttl
    else if (last !== originalTtl) found.push({ line, was: last })
  }
  return found
}
