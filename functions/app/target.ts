import { type Stats, statSync } from 'node:fs'
import { UsageError } from '../core/domain/errors.ts'

/** Where state and published files lie (contract, "Command line"). */
export type Place =
  | { readonly kind: 'local'; readonly folder: string }
  | { readonly kind: 'stack'; readonly stack: string }
  | { readonly kind: 'aws'; readonly tableName: string; readonly bucketName: string }

export interface PlaceFlags {
  readonly local?: string
  readonly stack?: string
}

/** The flags, or where there are none of them, what the environment says in their place (contract, "Command line"). */
export function flagsOr({ local, stack }: PlaceFlags, env: NodeJS.ProcessEnv): PlaceFlags {
  if (local !== undefined && stack !== undefined) throw new UsageError('--local and --stack cannot be used together')
  if (local !== undefined) return { local }
  if (stack !== undefined) return { stack }
  const [folder, name] = [env.EDGEMANAGE_LOCAL, env.EDGEMANAGE_STACK]
  if (folder && name) throw new UsageError('EDGEMANAGE_LOCAL and EDGEMANAGE_STACK cannot be used together')
  return { ...(folder ? { local: folder } : {}), ...(name ? { stack: name } : {}) }
}

/** The folder or the stack that flags or environment name; null where they name neither. */
function givenPlace(flags: PlaceFlags, env: NodeJS.ProcessEnv): Exclude<Place, { kind: 'aws' }> | null {
  const { local, stack } = flagsOr(flags, env)
  if (local === '' || stack === '') throw new UsageError(`--${local === '' ? 'local' : 'stack'} must not be empty`)
  if (local !== undefined) return localPlace(local)
  return stack === undefined ? null : { kind: 'stack', stack }
}

/** The place that the flags name, or else the environment; throws `UsageError` where neither does, or both flags do. */
export function placeOf(flags: PlaceFlags, env: NodeJS.ProcessEnv): Place {
  const given = givenPlace(flags, env)
  if (given !== null) return given
  const missing = ['TABLE_NAME', 'BUCKET_NAME'].filter(name => !env[name])
  if (missing.length > 0) {
    const hint =
      'use --local DIR (or EDGEMANAGE_LOCAL) to work in a folder, --stack NAME (or EDGEMANAGE_STACK) to work on a stack, or set TABLE_NAME and BUCKET_NAME'
    throw new UsageError(`cannot tell where to work (${missing.join(' and ')} not set): ${hint}`)
  }
  return { kind: 'aws', tableName: String(env.TABLE_NAME), bucketName: String(env.BUCKET_NAME) }
}

/** A folder of this machine, which may not be there yet; throws `UsageError` where something else has its name. */
function localPlace(folder: string): Extract<Place, { kind: 'local' }> {
  if (foundAt(folder)?.isDirectory() === false) {
    throw new UsageError(`--local ${folder} is not a folder`)
  }
  return { kind: 'local', folder }
}

/** Whether flags or environment say where state and published files lie. */
export function isPlaceNamed(flags: PlaceFlags, env: NodeJS.ProcessEnv): boolean {
  const { local, stack } = flagsOr(flags, env)
  return local !== undefined || stack !== undefined || (Boolean(env.TABLE_NAME) && Boolean(env.BUCKET_NAME))
}

/** Whether nothing can be kept there yet: a `--local` folder that is not there. */
export function isNewPlace(place: Place): boolean {
  return place.kind === 'local' && foundAt(place.folder) === undefined
}

/** What has this name; undefined where nothing has, also because what is above it is not a folder. */
function foundAt(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined
    throw error
  }
}

/**
 * The same for every command but those that make a `--local` folder: throws `UsageError` too where that
 * folder is not there, as a name that was mistyped would be a new and empty place.
 */
export function existingPlaceOf(flags: PlaceFlags, env: NodeJS.ProcessEnv): Place {
  const place = placeOf(flags, env)
  checkThere(place)
  return place
}

function checkThere(place: Place): void {
  if (place.kind !== 'local' || !isNewPlace(place)) return
  throw new UsageError(
    `--local ${place.folder}: there is no such folder (edgemanage manage, import and config push create it)`,
  )
}

/** Where a bucket is that is read and nothing else: no table is needed there. */
export type BucketPlace = Exclude<Place, { kind: 'aws' }> | { readonly kind: 'aws'; readonly bucketName: string }

/** The bucket that the flags name, or else the environment; throws as `existingPlaceOf` does. */
export function bucketPlaceOf(flags: PlaceFlags, env: NodeJS.ProcessEnv): BucketPlace {
  const given = givenPlace(flags, env)
  if (given !== null) {
    checkThere(given)
    return given
  }
  if (env.BUCKET_NAME) return { kind: 'aws', bucketName: env.BUCKET_NAME }
  throw new UsageError(
    'cannot tell where the bucket is (BUCKET_NAME not set): use --local DIR (or EDGEMANAGE_LOCAL) to read a folder, --stack NAME (or EDGEMANAGE_STACK) to look it up, or set BUCKET_NAME',
  )
}
