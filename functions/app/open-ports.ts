import { createFolderBucket } from '../adapters/files/folder-bucket.ts'
import { createHttpProbe } from '../adapters/probe/http-probe.ts'
import type { Bucket } from '../cycle/ports/ports.ts'

/** A probe over HTTP, as cycles make it. */
export function openProbe(): ReturnType<typeof createHttpProbe> {
  return createHttpProbe()
}

/** The files of a folder, written whole or not at all. */
export function openFolder(folder: string): Bucket {
  return createFolderBucket(folder)
}
