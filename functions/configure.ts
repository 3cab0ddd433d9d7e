import type { Context } from 'aws-lambda'
import { clock } from './adapters/clock.ts'
import { dynamoDBClient } from './adapters/dynamodb-client.ts'
import { createOrders } from './adapters/table/orders.ts'
import type { Network } from './core/config/network.ts'
import type { FreezeAnswer, OrderAnswer } from './core/instruction.ts'
import { freezeNetwork, orderEdge } from './cycle/instruct.ts'
import type { Orders } from './cycle/orders.ts'
import { parseConfigureEvent } from './lambda/configure-event.ts'
import { readEnvironment } from './lambda/environment.ts'
import { InvalidInput } from './lambda/errors.ts'
import { configuredNetwork } from './lambda/network.ts'

let opened: { readonly network: Network; readonly orders: Orders } | null = null

function open(env: NodeJS.ProcessEnv) {
  const environment = readEnvironment(env)
  const { network } = configuredNetwork(environment)
  return { network, orders: createOrders(dynamoDBClient(env), environment.tableName) }
}

/** An operator's order: `{edge, mode, …}` or `{freeze, …}` in, the order as stored out. The next cycle acts on it. */
export async function handler(
  event: unknown,
  context: Pick<Context, 'awsRequestId'>,
): Promise<OrderAnswer | FreezeAnswer> {
  // Who invokes a function is known to the platform's trail alone, which names requests.
  const { edge, instruction } = parseConfigureEvent(event, `request ${context.awsRequestId}`, clock())
  opened ??= open(process.env)
  const { network, orders } = opened
  if (edge === null) return (await freezeNetwork(orders, network, instruction)).answer
  const ordered = await orderEdge(orders, network, edge, instruction)
  if ('fault' in ordered) throw new InvalidInput(ordered.fault)
  return ordered.answer
}
