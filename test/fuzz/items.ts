import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { decodeFreeze, decodeOrder } from '../../functions/adapters/table/order-items.ts'
import { decodeRun, rosterIdOf } from '../../functions/adapters/table/run-item.ts'
import { decodeState } from '../../functions/adapters/table/state-item.ts'
import { decodeFiles, decodeZones } from '../../functions/adapters/table/zone-items.ts'
import { rosterOf } from '../../functions/core/history/run.ts'
import { plainStart, runOnce } from '../simulation/invariants/convergence.ts'
import type { Item } from '../simulation/neighbours/dynamodb/expression.ts'
import { coldInstance } from '../simulation/world/functions.ts'
import { createRandom, type Random } from '../simulation/world/random.ts'
import { timeoutsBy } from '../simulation/world/timeouts.ts'
import { createWorld, type World } from '../simulation/world/world.ts'
import { anyValue, createBook, type Fuzzed, garbled } from './garbage.ts'

/** This many inputs go to one world before the next begins. */
const inputsPerWorld = 50
/** This many of all inputs are read by a whole cycle; the others by the decoders alone. */
const cycleShare = 0.1

/** What must hold whatever the table holds. */
const promises = new Set([
  'a cycle never rejects',
  'every published zone is safe',
  'no empty address set is published',
  'no address stands twice',
  'a dry run changes nothing',
])

/** Items of the table in which anything may stand: read as unreadable, and the run goes on with what is left. */
export async function fuzzItems(random: Random, inputs: number): Promise<Fuzzed> {
  const book = createBook()
  for (let count = 0; count < inputs; count += inputsPerWorld) {
    const world = createWorld(random.int(2 ** 31))
    const restore = timeoutsBy(world.time)
    try {
      for (let past = 0; past < 3; past++) await cycle(world)
      const items = world.store.items()
      for (let at = 0; at < Math.min(inputsPerWorld, inputs - count); at++) {
        const item = brokenItem(random.pick(items), random)
        if (random.chance(cycleShare)) await readByCycle(world, item, book)
        else readByDecoders(item, book)
      }
    } finally {
      restore()
    }
  }
  return book.read()
}

async function cycle(world: World) {
  return runOnce(world, coldInstance(world), 1, plainStart)
}

async function readByCycle(world: World, item: Item, book: ReturnType<typeof createBook>): Promise<void> {
  const known = world.watch.violations.length
  try {
    world.store.put(item)
  } catch {
    return book.end('no item at all')
  }
  const first = await cycle(world)
  const second = await cycle(world)
  const broken = world.watch.violations.slice(known).filter(({ promise }) => promises.has(promise))
  for (const { promise, how } of broken) book.fault(`${promise}: ${how}`, item)
  const statuses = `${first.report?.status} then ${second.report?.status}`
  if (first.report?.status === 'failed') book.fault(`${statuses}: ${first.report.warnings.join('; ')}`, item)
  if (second.report?.status === 'failed') book.fault(`${statuses}: ${second.report.warnings.join('; ')}`, item)
  // A lease that a sound number grants until far away is nothing unreadable.
  const { leaseUntil } = world.watch.publishing.eyes.state()
  if (leaseUntil !== null) world.store.delete({ pk: item.pk as AttributeValue, sk: { S: 'STATE' } })
  book.end(`a cycle: ${statuses}`)
}

function readByDecoders(item: Item, book: ReturnType<typeof createBook>): void {
  try {
    decodeState(item)
    decodeOrder(item)
    decodeFreeze(item)
    decodeZones(item)
    decodeFiles(item)
    rosterIdOf(item)
    decodeRun(item, rosterOf(['a'], ['192.0.2.1']))
    book.end('read by the decoders')
  } catch (error) {
    book.fault(String(error), item)
  }
}

/** An item in which one attribute, or several, are not what they were. */
function brokenItem(item: Item, random: Random): Item {
  const names = Object.keys(item).filter(name => name !== 'pk' && name !== 'sk')
  const broken: Item = { ...item }
  for (let times = random.between(1, 2); times > 0; times--) {
    const name =
      names.length === 0 || random.chance(0.1) ? random.pick(['x', '__proto__', 'd', 'zones']) : random.pick(names)
    broken[name] = brokenValue(broken[name], random)
  }
  return broken
}

function brokenValue(value: AttributeValue | undefined, random: Random): AttributeValue {
  if (value?.B !== undefined && random.chance(0.7)) {
    const bytes = Buffer.from(value.B)
    if (bytes.length > 0 && random.chance(0.6)) bytes[random.int(bytes.length)] = random.int(256)
    return { B: random.chance(0.5) ? bytes.subarray(0, random.int(bytes.length + 1)) : bytes }
  }
  if (value?.S !== undefined && random.chance(0.6)) return { S: garbled(value.S, random) }
  switch (random.int(5)) {
    case 0:
      return { S: JSON.stringify(anyValue(random)) }
    case 1:
      return { N: String(random.pick([0, -1, 1.5, 1e125, 2 ** 53, random.int(1e9)])) }
    case 2:
      return { B: Buffer.from(Array.from({ length: random.int(40) }, () => random.int(256))) }
    case 3:
      return { S: '' }
    default:
      return { S: String(createRandom(random.int(1e6), 'text').next()) }
  }
}
