import { resolve } from 'node:path'
import { servedFolder } from '../../adapters/files/served-folder.ts'
import type { PassReport } from '../../core/following/pass-report.ts'
import { parsePassReport } from '../../core/inspect/follower-check.ts'

/** The report of the last pass of the follower that keeps this folder; null where there is none that can be read. */
export async function lastPassIn(folder: string): Promise<PassReport | null> {
  return parsePassReport(await servedFolder(resolve(folder)).read('lastPass'))
}
