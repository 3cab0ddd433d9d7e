import type { OpenStorage, Storage } from './open-storage.ts'

/** Works on a storage that is opened for it and closed after it. */
export async function withStorage<T>(
  open: OpenStorage,
  readOnly: boolean,
  work: (storage: Storage) => Promise<T>,
): Promise<T> {
  const storage = await open({ readOnly })
  try {
    return await work(storage)
  } finally {
    await storage.close()
  }
}
