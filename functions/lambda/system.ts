import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lazyBucket } from '../adapters/aws/lazy-bucket.ts'
import { lazyEventBus } from '../adapters/aws/lazy-event-bus.ts'
import { lazyRecords } from '../adapters/aws/lazy-records.ts'
import { lazyVantagePoints } from '../adapters/aws/lazy-vantage-points.ts'
import { createToldMemory } from '../adapters/memory/told-memory.ts'
import { callOut } from '../adapters/outside/call-out.ts'
import { lazyAskServer } from '../adapters/probe/dns/lazy-ask-server.ts'
import { createHttpProbe } from '../adapters/probe/http-probe.ts'
import { createReference } from '../adapters/probe/http-reference.ts'
import { watchLoop } from '../adapters/probe/loop-watch.ts'
import { dynamoDBClient } from '../adapters/table/dynamodb-client.ts'
import { dynamoDBRows } from '../adapters/table/dynamodb-rows.ts'
import { createTable } from '../adapters/table/table.ts'
import { clock, monotonic, sleep } from '../adapters/time/clock.ts'
import type { Network } from '../core/config/network.ts'
import type { Problem } from '../core/config/problem.ts'
import type { Templates } from '../core/zone/render.ts'
import type { Ports } from '../cycle/ports/ports.ts'
import { type Environment, readEnvironment } from './environment.ts'
import { configuredNetwork } from './network.ts'

/** Everything that a function needs for a cycle of its network. */
export interface System {
  readonly network: Network
  /** Warnings about the configuration. */
  readonly problems: readonly Problem[]
  readonly templates: Templates
  /** How many networks of the stack push to Route 53. */
  readonly pushingNetworks: number
  readonly ports: Ports
}

/** Builds the system that the environment describes; throws `ConfigurationError` with every reason. */
export function openSystem(env: NodeJS.ProcessEnv): System {
  const environment = readEnvironment(env)
  const { network, problems } = configuredNetwork(environment)
  const { templatesDir, pushingNetworks } = environment
  return {
    network,
    problems,
    templates: readTemplates(templatesDir),
    pushingNetworks,
    ports: portsOf(environment, network, env),
  }
}

/** The templates of everything that is published. */
export function readTemplates(folder: string): Templates {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  return { zone: read('zone.hbs'), namedConf: read('named.conf.hbs') }
}

function portsOf(environment: Environment, { settings }: Network, env: NodeJS.ProcessEnv): Ports {
  return {
    table: createTable(dynamoDBRows(dynamoDBClient(env), environment.tableName)),
    bucket: lazyBucket(async () => {
      const [{ createS3Bucket }, { s3Client }] = await Promise.all([
        import('../adapters/aws/s3-bucket.ts'),
        import('../adapters/aws/s3-client.ts'),
      ])
      return createS3Bucket(s3Client(env), environment.bucketName)
    }),
    records: lazyRecords(),
    probe: createHttpProbe(),
    ask: lazyAskServer(),
    askVantage: settings.vantages.length > 0 ? lazyVantagePoints(environment.vantages) : undefined,
    reference: createReference(),
    clock,
    monotonic,
    sleep,
    watchLoop,
    progress: () => {},
    callOut,
    announce: settings.events.enabled === false ? undefined : lazyEventBus(env),
    told: createToldMemory(),
  }
}
