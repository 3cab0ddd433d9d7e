import { join } from 'node:path'
import type { Journal } from '../../cycle/ports/journal.ts'
import type { Orders } from '../../cycle/ports/orders.ts'
import type { Bucket, Table } from '../../cycle/ports/ports.ts'
import { createFolderBucket } from '../files/folder-bucket.ts'
import { createImportTable, type ImportTable } from '../table/import-table.ts'
import { createJournal } from '../table/journal.ts'
import { createLeases, type Leases } from '../table/leases.ts'
import { createOrders } from '../table/orders.ts'
import { createTable } from '../table/table.ts'
import { isDatabaseError } from './connection.ts'
import { embeddedRows } from './embedded-rows.ts'
import { storePaths } from './files.ts'
import { openForLook } from './open-for-look.ts'
import { openForWork } from './open-for-work.ts'
import type { Store } from './store.ts'
import { explainStore } from './trouble.ts'

/** Table and bucket in one folder, open until closed. */
export interface LocalStorage {
  readonly table: Table
  readonly bucket: Bucket
  readonly journal: Journal
  readonly imports: ImportTable
  readonly orders: Orders
  readonly leases: Leases
  readonly close: () => Promise<void>
}

export interface LocalOptions {
  /** Nothing is written, no folder is made (behaviour §8.3). */
  readonly readOnly: boolean
  /** This process has worked in the folder before: a database that is missing now was removed. */
  readonly wasThere?: boolean
}

/** Opens the storage of one machine: the embedded table, and `bucket/` with plain files (contract, "Command line"). */
export async function openLocalStorage(folder: string, options: LocalOptions): Promise<LocalStorage> {
  const store = await openStore(folder, options)
  const rows = embeddedRows(store)
  return {
    table: createTable(rows),
    bucket: createFolderBucket(join(folder, 'bucket')),
    journal: createJournal(rows),
    imports: createImportTable(rows),
    orders: createOrders(rows),
    leases: createLeases(rows),
    close: store.close,
  }
}

/** Opens the embedded store of a folder; every failure is one line for an operator. */
export async function openStore(folder: string, { readOnly, wasThere = false }: LocalOptions): Promise<Store> {
  const paths = storePaths(folder)
  try {
    return readOnly ? await openForLook(paths) : await openForWork(paths, Date.now(), wasThere)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (!isDatabaseError(error) && code === undefined) throw error
    throw new Error(explainStore(error, paths.database), { cause: error })
  }
}
