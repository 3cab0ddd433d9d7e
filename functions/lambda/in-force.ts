import { lazily } from '../adapters/aws/lazily.ts'
import { lazyBucket } from '../adapters/aws/lazy-bucket.ts'
import { createConfigurations } from '../adapters/table/configurations.ts'
import { dynamoDBClient } from '../adapters/table/dynamodb-client.ts'
import { dynamoDBRows } from '../adapters/table/dynamodb-rows.ts'
import { clock } from '../adapters/time/clock.ts'
import type { Network } from '../core/config/network.ts'
import type { BundleName, Desired } from '../core/config/pointer.ts'
import { shortHash } from '../core/config/taking.ts'
import { InvalidInput } from '../core/domain/errors.ts'
import {
  type BundleSources,
  configurationInForce,
  type InUse,
  NoConfiguration,
  type TakeUp,
} from '../cycle/configuration/take-up.ts'
import type { Configurations } from '../cycle/ports/configurations.ts'
import type { Bucket } from '../cycle/ports/ports.ts'
import type { Environment } from './environment.ts'
import { compiledConfiguration, deployedConfiguration } from './network.ts'

/** What a function finds its configuration with, for as long as it stays warm. */
export interface ConfigurationAccess {
  readonly configurations: Configurations
  readonly bucket: Bucket
  readonly takeUp: TakeUp
  /** The configuration of a bundle that is in the bucket already, whether or not it is in force. */
  readonly tryOut: (hash: BundleName) => Trial
}

/** A bundle that is tried out. */
export interface Trial {
  readonly takeUp: TakeUp
  /** Why it cannot be tried, once it was: nobody ever pushed it, or it is no whole and valid one; null where it can. */
  readonly fault: () => InvalidInput | null
}

/**
 * Opens the way to the configuration in force: what was pushed, or what lies beside the function's code. Throws
 * `ConfigurationError` where a folder that is named instead has errors.
 */
export async function openConfigurations(
  environment: Environment,
  env: NodeJS.ProcessEnv,
): Promise<ConfigurationAccess> {
  const { network } = environment
  const deployed = lazily(() => deployedConfiguration(environment))
  const hash = environment.deployedHash ?? (await deployed()).loaded.hash
  const bucket = lazyBucket(async () => {
    const [{ createS3Bucket }, { s3Client }] = await Promise.all([
      import('../adapters/aws/s3-bucket.ts'),
      import('../adapters/aws/s3-client.ts'),
    ])
    return createS3Bucket(s3Client(env), environment.bucketName)
  })
  const atHand = async (asked: BundleName) =>
    asked === hash ? (compiledConfiguration(environment) ?? (await deployed()).loaded) : null
  const sources: BundleSources = { network, bucket, deployed: hash, atHand, memory: new Map() }
  const store = async () => {
    const { storeBundle } = await import('../cycle/configuration/bundles.ts')
    await storeBundle(bucket, network, (await deployed()).bundle)
  }
  return {
    configurations: createConfigurations(dynamoDBRows(dynamoDBClient(env), environment.tableName)),
    bucket,
    takeUp: async (desired, { now }) => {
      const inUse = await configurationInForce(desired, sources, now)
      return inUse.news.isNewDeploy ? { ...inUse, store } : inUse
    },
    tryOut: asked => trialOf(asked, { ...sources, deployed: null }),
  }
}

function trialOf(asked: BundleName, sources: BundleSources): Trial {
  let fault: InvalidInput | null = null
  return {
    fault: () => fault,
    takeUp: async (desired, { now }) => {
      try {
        const inUse = await configurationInForce(pointingTo(asked, desired, now), sources, now)
        return { ...inUse, taken: null }
      } catch (error) {
        // A bucket that is out of reach is no fault of the question.
        if (error instanceof NoConfiguration && error.unread === null)
          fault = new InvalidInput(`bundle: ${shortHash(asked)} cannot be tried: ${error.message}`)
        throw error
      }
    },
  }
}

/** As if this bundle had just been put in force, and there were no other. */
function pointingTo(hash: BundleName, { taken }: Desired, now: number): Desired {
  const signed = { by: 'dry run', at: now, comment: '' }
  const pointer = { id: '', what: 'push' as const, hash, ...signed, base: null, previous: null, source: null }
  const known = taken === null || taken === 'unreadable' ? null : { ...taken, hash }
  return { pointer: { ...pointer, folder: null, aside: null }, taken: known }
}

/** A look at the configuration in force, for functions that only answer. */
export async function lookAtConfiguration(
  { configurations, takeUp }: ConfigurationAccess,
  network: string,
): Promise<InUse & { readonly network: Network }> {
  const inUse = await takeUp(await configurations.read(network), { now: clock(), dryRun: true })
  return { ...inUse, network: inUse.loaded.network }
}
