import { lazyEventBus } from '../adapters/aws/lazy-event-bus.ts'
import { dynamoDBClient } from '../adapters/table/dynamodb-client.ts'
import { dynamoDBRows } from '../adapters/table/dynamodb-rows.ts'
import { createJournal } from '../adapters/table/journal.ts'
import { createOrders } from '../adapters/table/orders.ts'
import type { Journal } from '../cycle/ports/journal.ts'
import type { Orders } from '../cycle/ports/orders.ts'
import type { Announce } from '../cycle/ports/ports.ts'

/** The orders in a table, by the SDK's settings in the environment. */
export function openOrders(env: NodeJS.ProcessEnv, tableName: string): Orders {
  return createOrders(dynamoDBRows(dynamoDBClient(env), tableName))
}

/** What cycles left in a table, to be read, by the SDK's settings in the environment. */
export function openJournal(env: NodeJS.ProcessEnv, tableName: string): Journal {
  return createJournal(dynamoDBRows(dynamoDBClient(env), tableName))
}

/** The event bus, which is loaded when there is something to send. */
export function openEventBus(env: NodeJS.ProcessEnv): Announce {
  return lazyEventBus(env)
}
