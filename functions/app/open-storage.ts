import { join } from 'node:path'
import { lazily } from '../adapters/aws/lazily.ts'
import { lazyEventBus, loadEventBus } from '../adapters/aws/lazy-event-bus.ts'
import { loadRoute53 } from '../adapters/aws/lazy-records.ts'
import { loadVantagePoints } from '../adapters/aws/lazy-vantage-points.ts'
import type { LocalOptions, LocalStorage } from '../adapters/embedded/local-storage.ts'
import { compiledFolder } from '../adapters/files/compiled-folder.ts'
import { loadLookUp } from '../adapters/probe/dns/lazy-look-up.ts'
import type { Network } from '../core/config/network.ts'
import { type Compiled, nothingCompiled } from '../cycle/ports/compiled.ts'
import type { Announce } from '../cycle/ports/ports.ts'
import type { AskVantage } from '../cycle/ports/vantage.ts'
import type { Place } from './target.ts'
import { vantagePointsFor } from './vantage-points.ts'

/** Table and bucket, open until closed, and whom to tell of what happens. */
export interface Storage extends LocalStorage {
  /** Verdicts on bundles that were checked here before. */
  readonly compiled: Compiled
  /** Undefined where no events are sent: in a local run unless the configuration enables them (contract). */
  readonly announceFor: (network: Network) => Announce | undefined
  /** Undefined where the configuration names no vantage points. */
  readonly askVantageFor: (network: Network) => AskVantage | undefined
}

/** Opens a storage. `readOnly`: nothing is written there (behaviour §8.3). */
export type OpenStorage = (options: Pick<LocalOptions, 'readOnly'>) => Promise<Storage>

/** Where verdicts on configurations are kept: on one machine in the folder of its state, beside table and bucket; else nowhere. */
export function compiledAt(place: Place): Compiled {
  return place.kind === 'local' ? compiledFolder(join(place.folder, 'compiled')) : nothingCompiled
}

/** How to open a place: the embedded storage each time, AWS once for all. */
export function storageAt(place: Place, env: NodeJS.ProcessEnv): OpenStorage {
  if (place.kind === 'local') {
    let wasThere = false
    return async ({ readOnly }) => {
      const storage = await openLocal(place.folder, { readOnly, wasThere }, env)
      wasThere ||= !readOnly
      return storage
    }
  }
  return lazily(() => openAws(place, env))
}

/**
 * Loads what cycles and looks at a place need, but for what `networks` have no use for. For processes that go on: a module
 * that could not be loaded once, as there was no file descriptor left, stays so until the process ends.
 */
export async function loadStorage(place: Place, networks: readonly Network[]): Promise<void> {
  const isAws = place.kind !== 'local'
  const events = networks.some(({ settings }) => settings.events.enabled ?? isAws)
  const records = networks.some(({ settings }) => settings.route53.enabled)
  const vantages = networks.some(({ settings }) => settings.vantages.length > 0)
  await Promise.all([
    isAws ? awsModules() : localModule(),
    import('../cycle/load-all.ts').then(({ loadAll }) => loadAll()),
    import('../core/config/folder-reading.ts'),
    loadLookUp(),
    place.kind === 'stack' ? stackModule() : null,
    events ? loadEventBus() : null,
    records ? loadRoute53() : null,
    vantages ? loadVantagePoints() : null,
  ])
}

const stackModule = () => import('./stack-outputs.ts')
const localModule = () => import('../adapters/embedded/local-storage.ts')
const awsModules = () =>
  Promise.all([
    import('../adapters/table/dynamodb-client.ts'),
    import('../adapters/table/dynamodb-rows.ts'),
    import('../adapters/table/table.ts'),
    import('../adapters/table/journal.ts'),
    import('../adapters/table/orders.ts'),
    import('../adapters/table/leases.ts'),
    import('../adapters/aws/s3-client.ts'),
    import('../adapters/aws/s3-bucket.ts'),
    import('../adapters/table/import-table.ts'),
    import('../adapters/table/configurations.ts'),
  ])

async function openAws(place: Exclude<Place, { kind: 'local' }>, env: NodeJS.ProcessEnv): Promise<Storage> {
  const { tableName, bucketName } = place.kind === 'aws' ? place : await (await stackModule()).lookUpStack(place.stack)
  const [
    { dynamoDBClient },
    { dynamoDBRows },
    { createTable },
    { createJournal },
    { createOrders },
    { createLeases },
    { s3Client },
    { createS3Bucket },
    { createImportTable },
    { createConfigurations },
  ] = await awsModules()
  const rows = dynamoDBRows(dynamoDBClient(env), tableName)
  return {
    table: createTable(rows),
    bucket: createS3Bucket(s3Client(env), bucketName),
    journal: createJournal(rows),
    imports: createImportTable(rows),
    orders: createOrders(rows),
    leases: createLeases(rows),
    configurations: createConfigurations(rows),
    compiled: nothingCompiled,
    announceFor: ({ settings }) => (settings.events.enabled === false ? undefined : lazyEventBus(env)),
    askVantageFor: network => vantagePointsFor(network, env, place.kind === 'stack' ? place.stack : undefined),
    close: async () => {},
  }
}

async function openLocal(folder: string, options: LocalOptions, env: NodeJS.ProcessEnv): Promise<Storage> {
  const { openLocalStorage } = await localModule()
  const opened = await openLocalStorage(folder, options)
  const compiled = compiledAt({ kind: 'local', folder })
  return {
    ...opened,
    compiled: options.readOnly ? { ...compiled, keep: () => {} } : compiled,
    announceFor: ({ settings }) => (settings.events.enabled === true ? lazyEventBus(env) : undefined),
    askVantageFor: network => vantagePointsFor(network, env),
  }
}
