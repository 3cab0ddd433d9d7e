import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { LeaseLost, TableUnavailable } from '../../cycle/ports/errors.ts'
import { explain, isConditionFailure } from './trouble.ts'

export type Item = Record<string, AttributeValue>

/** From this key to that one, both included; left out: from the first, to the last. */
export interface Span {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface Update {
  readonly expression: string
  readonly condition: string
  readonly names?: Record<string, string>
  readonly values: Record<string, AttributeValue>
}

/** The items of one network, by sort key. Everything read is read consistently; every outage is `TableUnavailable`. */
export interface Rows {
  get(sk: string): Promise<Item | null>
  put(sk: string, attributes: Item): Promise<void>
  delete(sk: string): Promise<void>
  /** All items whose key begins so and lies in the span, or the newest (last by key) `limit` of them, newest first. */
  list(prefix: string, limit?: number, span?: Span): Promise<Item[]>
  /** The whole item as it is after the update; null if the condition does not hold. */
  update(sk: string, update: Update): Promise<Item | null>
}

/** The part of a command's middleware that is the same for all commands. */
interface AttemptStack {
  readonly add: (
    middleware: (next: (args: object) => Promise<object>) => (args: object) => Promise<object>,
    place: { readonly step: 'finalizeRequest'; readonly priority: 'low'; readonly name: string },
  ) => void
}

/**
 * The rows of `NETWORK#<network>` in a table. `check` is called before every attempt of every write, those included by
 * which the client tries again; what it throws ends the write.
 */
export function rowsOf(client: DynamoDBClient, tableName: string, network: string, check: () => void = () => {}): Rows {
  const pk = { S: `NETWORK#${network}` }
  const ask = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      if (isConditionFailure(error) || error instanceof LeaseLost) throw error
      throw new TableUnavailable(explain(error, tableName), { cause: error })
    }
  }
  const at = (sk: string) => ({ TableName: tableName, Key: { pk, sk: { S: sk } } })
  return {
    get: async sk => {
      const answer = await ask(() => client.send(new GetItemCommand({ ...at(sk), ConsistentRead: true })))
      return answer.Item ?? null
    },
    put: async (sk, attributes) => {
      const Item = { pk, sk: { S: sk }, ...attributes }
      await ask(() => client.send(checked(new PutItemCommand({ TableName: tableName, Item }), check)))
    },
    delete: async sk => {
      await ask(() => client.send(checked(new DeleteItemCommand(at(sk)), check)))
    },
    list: (prefix, limit, span = {}) => ask(() => list(client, tableName, pk, { prefix, limit, span })),
    update: async (sk, { expression, condition, names, values }) => {
      const command = new UpdateItemCommand({
        ...at(sk),
        UpdateExpression: expression,
        ConditionExpression: condition,
        ...(names === undefined ? {} : { ExpressionAttributeNames: names }),
        ExpressionAttributeValues: values,
        ReturnValues: 'ALL_NEW',
      })
      try {
        return (await ask(() => client.send(checked(command, check)))).Attributes ?? {}
      } catch (error) {
        if (isConditionFailure(error)) return null
        throw error
      }
    },
  }
}

/** The write with a check that stands behind the client's retries, so that it comes before every attempt. */
function checked<T extends { readonly middlewareStack: unknown }>(command: T, check: () => void): T {
  const stack = command.middlewareStack as AttemptStack
  const look: Parameters<AttemptStack['add']>[0] = next => async args => {
    check()
    return next(args)
  }
  stack.add(look, { step: 'finalizeRequest', priority: 'low', name: 'check' })
  return command
}

interface Wanted {
  readonly prefix: string
  readonly limit: number | undefined
  readonly span: Span
}

/** After every key that begins with a prefix: keys are plain letters and digits. */
const last = '~'

async function list(client: DynamoDBClient, tableName: string, pk: AttributeValue, { prefix, limit, span }: Wanted) {
  const whole = span.from === undefined && span.to === undefined
  const condition = whole ? 'begins_with(sk, :prefix)' : 'sk BETWEEN :first AND :last'
  const { from = prefix, to = prefix + last } = span
  const values: Item = whole ? { ':prefix': { S: prefix } } : { ':first': { S: from }, ':last': { S: to } }
  const items: Item[] = []
  let start: Item | undefined
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: `pk = :pk AND ${condition}`,
        ExpressionAttributeValues: { ':pk': pk, ...values },
        ConsistentRead: true,
        ...(limit === undefined ? {} : { ScanIndexForward: false, Limit: limit - items.length }),
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    )
    items.push(...(page.Items ?? []))
    start = page.LastEvaluatedKey
  } while (start !== undefined && (limit === undefined || items.length < limit))
  return items
}
