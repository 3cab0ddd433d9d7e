import { createHash } from 'node:crypto'
import type { FollowerPorts, ServedFolder } from '../../functions/cycle/ports/following.ts'
import { modelServer } from './model-name-server.ts'

/** A bucket, and a name server that behaves as BIND does; a follower's folder lies between them. */
export interface FollowerWorld {
  readonly ports: FollowerPorts
  /** Publishes these zones (name: serial) as all that a network has. */
  readonly publish: (network: string, zones: Readonly<Record<string, number>>) => void
  /** What manifests want, and what the server has loaded: serials by zone, the catalog apart. */
  readonly published: () => Record<string, number>
  readonly served: () => Record<string, number>
  readonly catalogMembers: () => string[]
  readonly refuse: (isRefusing: boolean) => void
  readonly refuseClauses: (reason: string | null) => void
  now: number
}

/** `readFile`: reads what a clause names. */
export function followerWorld(folder: ServedFolder, readFile: (path: string) => string): FollowerWorld {
  const objects = new Map<string, string>()
  const wanted = new Map<string, Readonly<Record<string, number>>>()
  let clausesFault: string | null = null
  const etagOf = (text: string) => createHash('md5').update(text).digest('hex')
  const server = modelServer(async () => (await folder.read('clauses')) ?? '', readFile)
  const world: FollowerWorld = {
    now: 1_790_000_000_000,
    ports: {
      folder,
      askServer: server.ask,
      clock: () => world.now,
      monotonic: () => world.now,
      progress: () => {},
      published: {
        manifest: async (network, etag) => {
          const text = objects.get(`zones/${network}/manifest.json`)
          if (text === undefined) return { is: 'unreadable', reason: 'there is none' }
          return etagOf(text) === etag ? { is: 'unchanged' } : { is: 'read', text, etag: etagOf(text) }
        },
        file: async key => Buffer.from(objects.get(key) ?? ''),
      },
      checks: {
        zone: async () => null,
        zones: async zones => new Map(zones.map(({ zone }) => [zone, null])),
        conf: async () => clausesFault,
      },
    },
    publish: (network, zones) => {
      wanted.set(network, zones)
      const rows = Object.entries(zones).map(([zone, serial]) => {
        const key = `zones/${network}/${zone}.zone`
        objects.set(key, `${zone} ${serial}`)
        return { zone, key, serial, sha256: createHash('sha256').update(`${zone} ${serial}`).digest('hex') }
      })
      objects.set(
        `zones/${network}/manifest.json`,
        JSON.stringify({ version: 1, network, zones: rows, namedConf: null }),
      )
    },
    published: () => Object.assign({}, ...wanted.values()),
    served: () => {
      const zones = [...server.loaded].filter(([, text]) => !text.startsWith(';'))
      return Object.fromEntries(zones.map(([zone, text]) => [zone, Number(text.split(' ')[1])]))
    },
    catalogMembers: () => {
      const text = [...server.loaded.values()].find(one => one.startsWith(';')) ?? ''
      return [...text.matchAll(/PTR (.*)\.$/gm)].map(([, zone]) => String(zone)).sort()
    },
    refuse: server.refuse,
    refuseClauses: reason => {
      clausesFault = reason
    },
  }
  return world
}
