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
import { expressionOf } from './expression.ts'
import { afterAll, type Item, type Rows, type RowsOf, type Span } from './rows.ts'
import { explain, isConditionFailure } from './trouble.ts'

type DynamoItem = Record<string, AttributeValue>

/** The part of a command's middleware that is the same for all commands. */
interface AttemptStack {
  readonly add: (
    middleware: (next: (args: object) => Promise<object>) => (args: object) => Promise<object>,
    place: { readonly step: 'finalizeRequest'; readonly priority: 'low'; readonly name: string },
  ) => void
}

/** The rows of `NETWORK#<network>` in a table on DynamoDB, for every network. */
export function dynamoDBRows(client: DynamoDBClient, tableName: string): RowsOf {
  return (network, check = () => {}) => networkRows(client, tableName, network, check)
}

function networkRows(client: DynamoDBClient, tableName: string, network: string, check: () => void): Rows {
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
      const Item = { pk, sk: { S: sk }, ...attributes } as DynamoItem
      await ask(() => client.send(checked(new PutItemCommand({ TableName: tableName, Item }), check)))
    },
    delete: async sk => {
      await ask(() => client.send(checked(new DeleteItemCommand(at(sk)), check)))
    },
    list: (prefix, limit, span = {}) => ask(() => list(client, tableName, pk, { prefix, limit, span })),
    update: async (sk, update) => {
      const command = new UpdateItemCommand({ ...at(sk), ...expressionOf(update), ReturnValues: 'ALL_NEW' })
      try {
        return (await ask(() => client.send(checked(command, check)))).Attributes ?? {}
      } catch (error) {
        if (isConditionFailure(error)) return null
        throw error
      }
    },
    notices: async () => [],
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

async function list(client: DynamoDBClient, tableName: string, pk: AttributeValue, { prefix, limit, span }: Wanted) {
  const whole = span.from === undefined && span.to === undefined
  const condition = whole ? 'begins_with(sk, :prefix)' : 'sk BETWEEN :first AND :last'
  const { from = prefix, to = prefix + afterAll } = span
  const values: DynamoItem = whole ? { ':prefix': { S: prefix } } : { ':first': { S: from }, ':last': { S: to } }
  const items: Item[] = []
  let start: DynamoItem | undefined
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
