import { createFolderBucket } from '../adapters/files/folder-bucket.ts'
import { createToldMemory } from '../adapters/memory/told-memory.ts'
import { createHttpProbe } from '../adapters/probe/http-probe.ts'
import type { Bucket, ToldMemory } from '../cycle/ports/ports.ts'

/** What the cycles of one process remember between them, empty at first. */
export function openMemory(): ToldMemory {
  return createToldMemory()
}

/** A probe over HTTP, as cycles make it. */
export function openProbe(): ReturnType<typeof createHttpProbe> {
  return createHttpProbe()
}

/** The files of a folder, written whole or not at all. */
export function openFolder(folder: string): Bucket {
  return createFolderBucket(folder)
}
