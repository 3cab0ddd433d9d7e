import { createHash } from 'node:crypto'
import { messageOf } from '../../core/domain/message.ts'
import type { Claim } from '../../core/following/claims.ts'
import { inParallel } from '../../cycle/flow/pool.ts'
import type { FollowerPorts } from '../../cycle/ports/following.ts'

const atOnce = 16

/** Zones that were fetched and stand aside, by name: the path of each; and why the others do not. */
export interface Fetched {
  readonly paths: ReadonlyMap<string, string>
  readonly faults: ReadonlyMap<string, string>
}

/** Fetches these files, verifies them, and puts them aside. Never rejects: a zone that fails is told of by its name. */
export async function fetchZones(
  claims: readonly Claim[],
  { published, folder, progress }: Pick<FollowerPorts, 'published' | 'folder' | 'progress'>,
): Promise<Fetched> {
  const paths = new Map<string, string>()
  const faults = new Map<string, string>()
  let done = 0
  await inParallel(
    claims,
    atOnce,
    () => false,
    async ({ zone, key, sha256 }) => {
      try {
        const bytes = await published.file(key)
        if (createHash('sha256').update(bytes).digest('hex') === sha256)
          paths.set(zone, await folder.stage(`${zone}.zone`, bytes))
        else faults.set(zone, 'its file does not match the manifest (SHA-256)')
      } catch (error) {
        faults.set(zone, messageOf(error))
      }
      progress('fetching zones', ++done, claims.length)
    },
  )
  return { paths, faults }
}
