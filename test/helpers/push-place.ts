import { join } from 'node:path'
import { holds, updated } from '../../functions/adapters/embedded/interpret.ts'
import { configFolder } from '../../functions/adapters/files/config-folder.ts'
import { createConfigurations } from '../../functions/adapters/table/configurations.ts'
import type { Item, Rows, RowsOf, Span } from '../../functions/adapters/table/rows.ts'
import type { Storage } from '../../functions/app/open-storage.ts'
import { root } from '../../functions/app/package-files.ts'
import { type FolderReading, readingOf, snapshotOf } from '../../functions/core/config/folder-reading.ts'
import type { Loaded } from '../../functions/core/config/loaded.ts'
import type { ConfigSource } from '../../functions/core/config/source.ts'
import { md5 } from '../../functions/core/zone/hash.ts'

/** One operation on table or bucket; a test kills, delays or fails it. `name` begins with `table` or `bucket`. */
export type Step = <T>(name: string, work: () => T) => Promise<T>

/** What is kept of all networks: items by network and key, objects by key. */
export interface Kept {
  readonly items: Map<string, Map<string, Item>>
  readonly objects: Map<string, string>
}

export function nothingKept(): Kept {
  return { items: new Map(), objects: new Map() }
}

/** Rows over items in memory. */
export function memoryRows({ items }: Kept, step: Step): RowsOf {
  return (network): Rows => {
    const own = items.get(network) ?? new Map<string, Item>()
    items.set(network, own)
    const get = (sk: string) => own.get(sk) ?? null
    const put = (sk: string, item: Item) => void own.set(sk, { ...item, sk: { S: sk } })
    return {
      get: sk => step(`table get ${sk}`, () => get(sk)),
      put: (sk, item) => step(`table put ${sk}`, () => put(sk, item)),
      delete: sk => step(`table delete ${sk}`, () => void own.delete(sk)),
      list: (prefix, limit, span) => step(`table list ${prefix}`, () => listed(own, prefix, limit, span)),
      update: (sk, update) =>
        step(`table update ${sk}`, () => {
          if (!holds(update.when, get(sk))) return null
          put(sk, updated(get(sk), update))
          return get(sk)
        }),
      notices: async () => [],
    }
  }
}

function listed(own: Map<string, Item>, prefix: string, limit?: number, span: Span = {}): Item[] {
  const isIn = (key: string) =>
    key.startsWith(prefix) && key >= (span.from ?? '') && (span.to === undefined || key <= span.to)
  const keys = [...own.keys()].filter(isIn).sort()
  const found = limit === undefined ? keys : keys.reverse().slice(0, limit)
  return found.map(key => own.get(key) as Item)
}

/** Pointers and bucket as an operator's command has them. */
export function storageOf(kept: Kept, step: Step): Storage {
  const { objects } = kept
  const bucket = {
    get: (key: string) => step(`bucket get ${key}`, () => objects.get(key) ?? null),
    put: (key: string, text: string) =>
      step(`bucket put ${key}`, () => {
        objects.set(key, text)
        return md5(text)
      }),
    delete: (key: string) => step(`bucket delete ${key}`, () => void objects.delete(key)),
    list: (prefix: string) =>
      step(
        `bucket list ${prefix}`,
        () => new Map([...objects].filter(([key]) => key.startsWith(prefix)).map(([key, text]) => [key, md5(text)])),
      ),
  }
  return { bucket, configurations: createConfigurations(memoryRows(kept, step)) } as unknown as Storage
}

/** Every part of a folder's network says which revision it is of: settings, edges, includes. */
export function revision(number: number, zones: Readonly<Record<string, readonly string[]>>): ConfigSource {
  const settings = {
    testobject: { host: 'site.example', uri: `/r${number}`, local: 'objects/o', proto: 'http' },
    dns: {
      ns_records: ['ns1.example.com.'],
      soa_nameserver: 'ns1.example.com.',
      soa_mailbox: 'zone.example.com.',
    },
    goodenough: 0.5,
    edge_count: 1,
  }
  const files = new Map([
    ['edgemanage.yaml', JSON.stringify(settings)],
    ['objects/o', 'the test object\n'],
    ...Object.keys(zones).map(network => [`edges/${network}`, `2001:db8::${number}\n2001:db8:b::${number}\n`] as const),
    ...Object.entries(zones).flatMap(([network, names]) =>
      names.map(name => [`zones/${network}/${name}.zone`, `r TXT "r${number}"\n`] as const),
    ),
  ])
  return {
    list: path => {
      const inside = [...files.keys()].filter(file => file.startsWith(`${path}/`))
      const names = inside.map(file => String(file.slice(path.length + 1).split('/')[0]))
      return names.length === 0 ? null : [...new Set(names)]
    },
    read: path => (files.has(path) ? Buffer.from(String(files.get(path))) : null),
  }
}

type Valid = Extract<FolderReading, { is: 'valid' }>

/** The networks of such a folder, ready to be pushed. */
export function readingsOf(source: ConfigSource, names: readonly string[]): Map<string, Valid> {
  const snapshot = snapshotOf(source, configFolder(join(root, 'templates')))
  return new Map(
    names.map(name => {
      const reading = readingOf(snapshot, name)
      if (reading.is === 'invalid') throw new Error(JSON.stringify(reading.problems))
      return [name, reading]
    }),
  )
}

/** The revisions of which a configuration has parts: one, where it is whole. */
export function revisionsIn({ network }: Loaded): number[] {
  const { settings, edges, zones } = network
  const texts = [settings.testobject.uri, ...edges.map(({ name }) => name), ...zones.map(({ include }) => include)]
  return [...new Set(texts.map(text => Number(/(?:r|::)(\d+)/.exec(text ?? '')?.[1])))]
}
