import type { LocalOptions, LocalStorage } from '../adapters/embedded/local-storage.ts'
import { lazyEventBus } from '../adapters/lazy-event-bus.ts'
import type { Network } from '../core/config/network.ts'
import type { Announce } from '../cycle/ports.ts'
import type { Place } from './place.ts'

/** Table and bucket, open until closed, and whom to tell of what happens. */
export interface Storage extends LocalStorage {
  /** Undefined where no events are sent: in a local run unless the configuration enables them (contract). */
  readonly announceFor: (network: Network) => Announce | undefined
}

/** Opens a storage. `readOnly`: nothing is written there (behaviour §8.3). */
export type OpenStorage = (options: Pick<LocalOptions, 'readOnly'>) => Promise<Storage>

/** How to open a place: the embedded storage anew each time, AWS once for all. */
export function storageAt(place: Place, env: NodeJS.ProcessEnv): OpenStorage {
  if (place.kind === 'local') {
    let wasThere = false
    return async ({ readOnly }) => {
      const storage = await openLocal(place.folder, { readOnly, wasThere }, env)
      wasThere ||= !readOnly
      return storage
    }
  }
  let opened: Promise<Storage> | null = null
  return () => {
    opened ??= openAws(place, env)
    return opened
  }
}

async function openAws(place: Exclude<Place, { kind: 'local' }>, env: NodeJS.ProcessEnv): Promise<Storage> {
  const { tableName, bucketName } =
    place.kind === 'aws' ? place : await (await import('./stack.ts')).lookUpStack(place.stack)
  const [
    { dynamoDBClient },
    { dynamoDBRows },
    { createTable },
    { createJournal },
    { createOrders },
    { createLeases },
    { s3Client },
    { createS3Bucket },
  ] = await Promise.all([
    import('../adapters/dynamodb-client.ts'),
    import('../adapters/table/dynamodb-rows.ts'),
    import('../adapters/table/table.ts'),
    import('../adapters/table/journal.ts'),
    import('../adapters/table/orders.ts'),
    import('../adapters/table/leases.ts'),
    import('../adapters/s3-client.ts'),
    import('../adapters/s3-bucket.ts'),
  ])
  const { createImportTable } = await import('../adapters/table/import-table.ts')
  const rows = dynamoDBRows(dynamoDBClient(env), tableName)
  return {
    table: createTable(rows),
    bucket: createS3Bucket(s3Client(env), bucketName),
    journal: createJournal(rows),
    imports: createImportTable(rows),
    orders: createOrders(rows),
    leases: createLeases(rows),
    announceFor: ({ settings }) => (settings.events.enabled === false ? undefined : lazyEventBus(env)),
    close: async () => {},
  }
}

async function openLocal(folder: string, options: LocalOptions, env: NodeJS.ProcessEnv): Promise<Storage> {
  const { openLocalStorage } = await import('../adapters/embedded/local-storage.ts')
  const opened = await openLocalStorage(folder, options)
  return {
    ...opened,
    announceFor: ({ settings }) => (settings.events.enabled === true ? lazyEventBus(env) : undefined),
  }
}
