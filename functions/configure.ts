import type { Context } from 'aws-lambda'
import { clock } from './adapters/time/clock.ts'
import { InvalidInput } from './core/domain/errors.ts'
import type { FreezeAnswer, OrderAnswer } from './core/orders/order-request.ts'
import { orderEvent } from './core/report/event.ts'
import { announceEvents } from './cycle/announce.ts'
import { freezeNetwork, orderEdge } from './cycle/give-orders.ts'
import { parseConfigureEvent } from './lambda/configure-event.ts'
import { readEnvironment } from './lambda/environment.ts'
import { lookAtConfiguration, openConfigurations } from './lambda/in-force.ts'
import { openEventBus, openOrders } from './lambda/open-ports.ts'
import { logOrder } from './lambda/telemetry.ts'

let opened: Awaited<ReturnType<typeof open>> | null = null

async function open(env: NodeJS.ProcessEnv) {
  const environment = readEnvironment(env)
  const access = await openConfigurations(environment, env)
  return { name: environment.network, access, orders: openOrders(env, environment.tableName) }
}

/** An operator's order: `{edge, mode, …}` or `{freeze, …}` in, the order as stored out. The next cycle acts on it. */
export async function handler(event: unknown, context: Pick<Context, 'awsRequestId'>) {
  // Who invokes a function is known to the platform's trail alone, which names requests.
  const { edge, instruction } = parseConfigureEvent(event, `request ${context.awsRequestId}`, clock())
  opened ??= await open(process.env)
  const { name, access, orders } = opened
  const { network } = await lookAtConfiguration(access, name)
  const announce = network.settings.events.enabled === false ? undefined : openEventBus(process.env)
  const ordered = await (edge === null
    ? freezeNetwork(orders, network, instruction)
    : orderEdge(orders, network, edge, instruction))
  if ('fault' in ordered) throw new InvalidInput(ordered.fault)
  const answer: OrderAnswer | FreezeAnswer = ordered.answer
  const edges = 'edge' in answer ? [answer.edge] : []
  logOrder(answer, await announceEvents(announce, [orderEvent(network.name, edges, instruction)]))
  return answer
}
