import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { Process } from '../../world/process.ts'
import { ask, failure, type Service } from '../service.ts'
import type { Item } from './expression.ts'
import type { Store } from './store.ts'

/** A write as it leaves a run: who looks on may say what is wrong with it. */
export interface TableWrite {
  readonly kind: 'put' | 'delete' | 'update'
  readonly key: string
  /** The item to put, or the values of an update. */
  readonly content: Item
  readonly expression: string
}

/** Whose requests go through a client, and who looks on. */
export interface TableCaller {
  /** The run that the function works on at the moment. */
  readonly process: () => Process
  /** A write leaves. */
  readonly writing: (write: TableWrite) => void
  /** A write was carried out. */
  readonly written: (write: TableWrite) => void
}

/** The part of the SDK's client that the table adapter uses: `send`, over a store in memory. */
export function tableClient(store: Store, service: Service, caller: TableCaller): DynamoDBClient {
  const send = async (command: object) => {
    const write = writeOf(command)
    return ask(service, {
      process: caller.process(),
      leaving: async () => {
        await attempt(command)
        if (write !== null) caller.writing(write)
      },
      apply: () => {
        const answer = answerOf(command, store, service)
        if (write !== null) caller.written(write)
        return answer
      },
    })
  }
  return { send } as unknown as DynamoDBClient
}

/** The middleware that the adapter itself gave a command. */
interface OwnMiddleware {
  readonly resolve: (last: () => Promise<object>, context: object) => (args: object) => Promise<object>
}

/** What a command itself wants to have done before each attempt. */
async function attempt(command: object): Promise<void> {
  const { middlewareStack } = command as { readonly middlewareStack: OwnMiddleware }
  await middlewareStack.resolve(async () => ({}), {})({})
}

function writeOf(command: object): TableWrite | null {
  const sk = (key: Item | undefined) => key?.sk?.S ?? ''
  if (command instanceof PutItemCommand) {
    const { Item = {} } = command.input
    return { kind: 'put', key: sk(Item), content: Item, expression: '' }
  }
  if (command instanceof UpdateItemCommand) {
    const { ExpressionAttributeValues = {}, UpdateExpression = '' } = command.input
    return {
      kind: 'update',
      key: sk(command.input.Key),
      content: ExpressionAttributeValues,
      expression: UpdateExpression,
    }
  }
  if (command instanceof DeleteItemCommand) {
    return { kind: 'delete', key: sk(command.input.Key), content: {}, expression: '' }
  }
  return null
}

function answerOf(command: object, store: Store, { random }: Service): object {
  const isStale = (isConsistent: boolean | undefined) => isConsistent !== true && random.chance(0.5)
  if (command instanceof GetItemCommand) {
    return { Item: store.get(command.input.Key ?? {}, !isStale(command.input.ConsistentRead)) }
  }
  if (command instanceof PutItemCommand) {
    store.put(command.input.Item ?? {})
    return {}
  }
  if (command instanceof DeleteItemCommand) {
    store.delete(command.input.Key ?? {})
    return {}
  }
  if (command instanceof UpdateItemCommand) return { Attributes: store.update(command.input.Key ?? {}, command.input) }
  if (command instanceof QueryCommand) return queryAnswer(command.input, store, !isStale(command.input.ConsistentRead))
  throw failure('ValidationException', `no such request is known here: ${command.constructor.name}`, 400)
}

/** So few items fit on a page that whoever does not ask for the next one is found out. */
const pageItems = 40

function queryAnswer(input: QueryCommand['input'], store: Store, isConsistent: boolean): object {
  const isSpan = input.KeyConditionExpression === 'pk = :pk AND sk BETWEEN :first AND :last'
  if (!isSpan && input.KeyConditionExpression !== 'pk = :pk AND begins_with(sk, :prefix)') {
    throw failure('ValidationException', `no such key condition is known here: ${input.KeyConditionExpression}`, 400)
  }
  const values = input.ExpressionAttributeValues ?? {}
  const { items, last } = store.query(
    {
      partition: values[':pk']?.S ?? '',
      prefix: values[isSpan ? ':first' : ':prefix']?.S ?? '',
      ...(isSpan ? { to: values[':last']?.S ?? '' } : {}),
      isForward: input.ScanIndexForward ?? true,
      limit: Math.min(input.Limit ?? pageItems, pageItems),
      after: input.ExclusiveStartKey?.sk?.S,
    },
    isConsistent,
  )
  return { Items: items, ...(last === undefined ? {} : { LastEvaluatedKey: last }) }
}
