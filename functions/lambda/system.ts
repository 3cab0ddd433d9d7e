import { lazyEventBus } from '../adapters/aws/lazy-event-bus.ts'
import { lazyRecords } from '../adapters/aws/lazy-records.ts'
import { lazyVantagePoints } from '../adapters/aws/lazy-vantage-points.ts'
import { callOut } from '../adapters/outside/call-out.ts'
import { lazyAskRecords, lazyAskServer } from '../adapters/probe/dns/lazy-ask-server.ts'
import { createHttpProbe } from '../adapters/probe/http-probe.ts'
import { createReference } from '../adapters/probe/http-reference.ts'
import { watchLoop } from '../adapters/probe/loop-watch.ts'
import { dynamoDBClient } from '../adapters/table/dynamodb-client.ts'
import { dynamoDBRows } from '../adapters/table/dynamodb-rows.ts'
import { createTable } from '../adapters/table/table.ts'
import { clock, monotonic, sleep } from '../adapters/time/clock.ts'
import type { Ports } from '../cycle/ports/ports.ts'
import { type Environment, readEnvironment } from './environment.ts'
import { type ConfigurationAccess, openConfigurations } from './in-force.ts'

/** Everything that a function needs for a cycle of its network. */
export interface System {
  readonly name: string
  /** How many networks of the stack push to Route 53. */
  readonly pushingNetworks: number
  readonly configuration: ConfigurationAccess
  readonly ports: Ports
}

/** Builds the system that the environment describes; rejects with a `ConfigurationError` with every reason. */
export async function openSystem(env: NodeJS.ProcessEnv): Promise<System> {
  const environment = readEnvironment(env)
  const configuration = await openConfigurations(environment, env)
  const { network: name, pushingNetworks } = environment
  return { name, pushingNetworks, configuration, ports: portsOf(environment, configuration, env) }
}

function portsOf(environment: Environment, access: ConfigurationAccess, env: NodeJS.ProcessEnv): Ports {
  return {
    table: createTable(dynamoDBRows(dynamoDBClient(env), environment.tableName)),
    bucket: access.bucket,
    records: lazyRecords(),
    probe: createHttpProbe(),
    ask: lazyAskServer(),
    askRecords: lazyAskRecords(),
    askVantageFor: ({ settings }) =>
      settings.vantages.length > 0 ? lazyVantagePoints(environment.vantages) : undefined,
    reference: createReference(),
    clock,
    monotonic,
    sleep,
    watchLoop,
    progress: () => {},
    callOut,
    announceFor: ({ settings }) => (settings.events.enabled === false ? undefined : lazyEventBus(env)),
    configurations: access.configurations,
  }
}
