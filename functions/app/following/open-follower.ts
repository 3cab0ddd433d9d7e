import { join, resolve } from 'node:path'
import { lockFolder } from '../../adapters/embedded/folder-lock.ts'
import { makeFolder } from '../../adapters/files/make-folder.ts'
import { publishedFolder } from '../../adapters/files/published-folder.ts'
import { ownFolder, servedFolder } from '../../adapters/files/served-folder.ts'
import { bindChecks, checkPrograms, findProgram, serverBy } from '../../adapters/name-server/bind-tools.ts'
import { clock, monotonic } from '../../adapters/time/clock.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { messageOf } from '../../core/domain/message.ts'
import type { PassReport } from '../../core/following/pass-report.ts'
import { followerMetrics } from '../../core/inspect/follower-metrics.ts'
import { renderMetrics } from '../../core/inspect/prometheus.ts'
import type { FollowerPorts, PublishedZones } from '../../cycle/ports/following.ts'
import { bucketPlaceOf, type PlaceFlags } from '../target.ts'
import { type PassOptions, runPass } from './pass.ts'

/** A follower that is at work already is waited for as long as this. */
const lockWaitMs = 120_000

/** Where a follower works, and what it asks. */
export interface FollowerFlags extends PlaceFlags {
  readonly to: string
  readonly reload: string
}

/** Does one pass; rejects where the folder cannot be used, or another follower keeps it. */
export type DoPass = (options: PassOptions) => Promise<PassReport>

/** A follower of what is published where the flags say. Throws `UsageError` where it could never work. */
export function openFollower(
  flags: FollowerFlags,
  progress: FollowerPorts['progress'],
  env: NodeJS.ProcessEnv,
): DoPass {
  const folder = followedFolderOf(flags.to)
  if (flags.reload.trim() === '') throw new UsageError('--reload must not be empty')
  const [checkzone, checkconf] = checkPrograms.map(name => {
    const path = findProgram(name, env.PATH)
    if (path !== null) return path
    throw new UsageError(`${name} is not installed: follow judges every zone with it (Debian: apt install bind9-utils)`)
  }) as [string, string]
  const open = publishedAt(flags, env)
  const served = servedFolder(folder)
  const rest = {
    checks: bindChecks(checkzone, checkconf),
    askServer: serverBy(flags.reload),
    clock,
    monotonic,
    progress,
  }
  return async options => {
    const published = await open()
    await makeFolder(folder)
    await makeFolder(join(folder, ownFolder))
    const unlock = await lockFolder(join(folder, ownFolder), lockWaitMs)
    if (unlock === null) throw new Error(`another follower is running in ${folder}`)
    try {
      const report = await runPass(options, { ...rest, published, folder: served })
      return await told(report, served)
    } finally {
      unlock()
    }
  }
}

/** The folder that `--to` names, as an absolute path that clauses can name. */
export function followedFolderOf(to: string): string {
  if (to === '') throw new UsageError('--to must not be empty')
  const folder = resolve(to)
  if (/["\\\p{Cc}]/u.test(folder))
    throw new UsageError(`--to: a name server's configuration cannot hold such a path: ${folder}`)
  return folder
}

/** Leaves word of the pass for checks and Prometheus; that this failed is in the answer. */
async function told(report: PassReport, folder: FollowerPorts['folder']): Promise<PassReport> {
  try {
    await folder.write('metrics', renderMetrics(followerMetrics(report)))
    await folder.write('lastPass', `${JSON.stringify(report)}\n`)
    return report
  } catch (error) {
    const warning = `files for the checks cannot be written: ${messageOf(error)}`
    return { ...report, status: 'failed', warnings: [...report.warnings, warning] }
  }
}

/** What is published there; the modules of S3 are loaded only where they are needed. */
function publishedAt(flags: PlaceFlags, env: NodeJS.ProcessEnv): () => Promise<PublishedZones> {
  const place = bucketPlaceOf(flags, env)
  if (place.kind === 'local') {
    const published = publishedFolder(join(place.folder, 'bucket'))
    return async () => published
  }
  let known: PublishedZones | null = null
  return async () => {
    if (known !== null) return known
    const [{ s3Client }, { publishedObjects }] = await Promise.all([
      import('../../adapters/aws/s3-client.ts'),
      import('../../adapters/aws/published-objects.ts'),
    ])
    const name =
      place.kind === 'aws'
        ? place.bucketName
        : (await (await import('../stack-outputs.ts')).lookUpStack(place.stack)).bucketName
    known = publishedObjects(s3Client(env), name)
    return known
  }
}
