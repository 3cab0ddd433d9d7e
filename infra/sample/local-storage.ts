import { join } from 'node:path'
import { createFolderBucket } from '../../functions/adapters/files/folder-bucket.ts'
import { createConfigurations } from '../../functions/adapters/table/configurations.ts'
import { createImportTable, type ImportTable } from '../../functions/adapters/table/import-table.ts'
import { createJournal } from '../../functions/adapters/table/journal.ts'
import { createLeases, type Leases } from '../../functions/adapters/table/leases.ts'
import { createOrders } from '../../functions/adapters/table/orders.ts'
import { createTable } from '../../functions/adapters/table/table.ts'
import type { Configurations } from '../../functions/cycle/ports/configurations.ts'
import type { Journal } from '../../functions/cycle/ports/journal.ts'
import type { Orders } from '../../functions/cycle/ports/orders.ts'
import type { Bucket, Table } from '../../functions/cycle/ports/ports.ts'
import { openEmbeddedCopy, openEmbeddedTable } from './embedded-table.ts'
import type { Taken } from './guard.ts'

/** Table and bucket in one folder, open until closed. */
export interface LocalStorage {
  readonly table: Table
  readonly bucket: Bucket
  readonly journal: Journal
  readonly imports: ImportTable
  readonly orders: Orders
  readonly leases: Leases
  readonly configurations: Configurations
  readonly close: () => Promise<void>
}

export interface LocalOptions {
  /** Nothing is written, no folder is made, and another process may have the table (behaviour §8.3). */
  readonly readOnly: boolean
  /** How long to wait for another process that has the table. */
  readonly waitMs: number
}

/** Opens the storage of one machine: the embedded table, and `bucket/` with plain files (contract, "Command line"). */
export async function openLocalStorage(folder: string, options: LocalOptions): Promise<LocalStorage | Taken> {
  const opened = options.readOnly ? await openEmbeddedCopy(folder) : await openEmbeddedTable(folder, options.waitMs)
  if (opened.taken) return opened
  return {
    table: createTable(opened.client, opened.tableName),
    bucket: createFolderBucket(join(folder, 'bucket')),
    journal: createJournal(opened.client, opened.tableName),
    imports: createImportTable(opened.client, opened.tableName),
    orders: createOrders(opened.client, opened.tableName),
    leases: createLeases(opened.client, opened.tableName),
    configurations: createConfigurations(opened.client, opened.tableName),
    close: opened.close,
  }
}
