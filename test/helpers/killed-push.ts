import { expect } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import { type Cloud, startCloud } from './cloud.ts'
import { type Ended, startCommand } from './command.ts'
import { startDoor } from './door.ts'
import { startEdges } from './edges.ts'
import { runInside } from './in-process.ts'
import type { RunningFunction } from './lambda-runtime.ts'
import { workplaceFor } from './workplace.ts'

const networks = ['net', 'other'] as const
type Network = (typeof networks)[number]
/** Each has an edge of its own. */
const maxRevisions = 200

/**
 * Where a command is killed: at its request of this number, or the first whose name begins so, before that is carried out or
 * after. One that is `held` lives: something else is done first.
 */
export interface Point {
  readonly request: number | string
  readonly when: 'before' | 'after' | 'held'
}

/** What a command did that may have been killed. */
export interface Doomed extends Pick<Ended, 'status' | 'stdout' | 'stderr'> {
  readonly isKilled: boolean
  /** What it asked for, in order, as at a door. */
  readonly requests: readonly string[]
}

/** A stack whose configuration goes from revision to revision: every part of one says which it is. */
export interface Revisions {
  readonly cloud: Cloud
  readonly networks: typeof networks
  /** Writes the next revision into the folder, for both networks. */
  readonly next: () => number
  /** Runs `edgemanage config …` as an operator, killed at a point; null: it lives. `meanwhile`: what is done while it is held there. */
  readonly doomed: (
    words: readonly string[],
    point: Point | null,
    meanwhile?: () => Promise<unknown>,
  ) => Promise<Doomed>
  /** Runs it to its end, inside this process. */
  readonly config: (...words: string[]) => Promise<Ended>
  /** Runs another command as an operator, likewise. */
  readonly run: (...words: string[]) => Promise<Ended>
  /** A cycle of the deployed function: the one revision of which it used all, and its report. `rejected`: something is. */
  readonly cycle: (network: Network, rejected?: 'rejected') => Promise<{ revision: number; report: Report }>
  /**
   * Pushes the next revision, killed at a point; false where it ended before that. Expects of the cycles after it that each network
   * uses wholly the new one where its pointer was moved, and otherwise the one before; and that the same push completes it.
   */
  readonly killedPush: (point: Point) => Promise<boolean>
  readonly close: () => Promise<void>
}

/** Starts it with revision 1, deployed. `host`: the third octet of the edges' addresses. */
export async function startRevisions(host: number): Promise<Revisions> {
  const live = [1, 2, 3].map(n => `127.0.${host}.${n}`)
  const edges = await startEdges([
    ...live,
    ...Array.from({ length: maxRevisions }, (_, n) => `127.0.${host}.${11 + n}`),
  ])
  const place = workplaceFor(edges, live)
  let revision = 0
  const next = () => {
    revision++
    place.settings({ dns: { ...dns, ttl: 1_000 + revision } })
    for (const network of networks) {
      place.write(`config/edges/${network}`, `${[...live, `127.0.${host}.${10 + revision}`].join('\n')}\n`)
      place.write(`config/zones/${network}/${network}.example.zone`, `revision TXT "r${revision}"\n`)
    }
    return revision
  }
  next()
  const cloud = await startCloud(place.config)
  const functions = new Map<string, RunningFunction>()
  for (const network of networks) functions.set(network, await cloud.start(`edgemanage-${network}-manage`))
  const line = (words: readonly string[]) => ['config', ...words, '-c', place.config]
  const revisions: Omit<Revisions, 'killedPush'> = {
    cloud,
    networks,
    next,
    config: (...words) => runInside(line(words), cloud.operator),
    run: (...words) => runInside([...words, '--config', place.config], cloud.operator),
    doomed: (words, point, meanwhile) => runDoomed(line(words), { point, meanwhile }, cloud),
    cycle: async (network, rejected) => {
      const { answer, error } = await (functions.get(network) as RunningFunction).invoke({ force: true })
      expect(error).toBeNull()
      const report = answer as Report
      expect(report.status).toBe('ok')
      if (rejected === undefined) expect(report.configuration?.rejected).toEqual([])
      const own = report.edges.map(({ edge }) => edge).filter(edge => !live.includes(edge))
      const zone = String(cloud.bucket.objects.get(`zones/${network}/${network}.example.zone`))
      const found = {
        edges: own.map(edge => Number(edge.split('.')[3]) - 10),
        include: Number(/"r(\d+)"/.exec(zone)?.[1]),
        settings: Number(/^\$TTL (\d+)/m.exec(zone)?.[1]) - 1_000,
      }
      const { include } = found
      expect(found).toEqual({ edges: [include], include, settings: include })
      return { revision: include, report }
    },
    close: async () => {
      await cloud.close()
      await edges.close()
      place.remove()
    },
  }
  return { ...revisions, killedPush: point => killedPush(revisions, point) }
}

async function killedPush(stack: Omit<Revisions, 'killedPush'>, point: Point): Promise<boolean> {
  const before = (await stack.cycle('net')).revision
  const revision = stack.next()
  const { status, isKilled, requests } = await stack.doomed(['push', '-C', String(revision)], point)
  expect({ point, status }).toEqual({ point, status: isKilled ? null : 0 })
  const moves = requests.filter(what => what === 'UpdateItem').length
  const isLastLost = isKilled && point.when === 'before' && requests.at(-1) === 'UpdateItem'
  const moved = networks.slice(0, moves - (isLastLost ? 1 : 0))
  for (const network of networks) {
    const expected = moved.includes(network) ? revision : before
    expect({ point, network, revision: (await stack.cycle(network)).revision }).toMatchObject({ revision: expected })
  }
  // Where nothing was written, the next push is like any other.
  if (!requests.some(isWrite)) return isKilled
  expect(await stack.config('push', '-C', String(revision))).toMatchObject({ status: 0 })
  for (const network of networks) expect(await stack.cycle(network)).toMatchObject({ revision })
  return isKilled
}

/** Whether a request, as at a door, changes anything. */
export function isWrite(what: string): boolean {
  return /^(PUT|DELETE|UpdateItem|PutItem|DeleteItem)/.test(what)
}

const dns = { ns_records: ['ns1.example.com.'], soa_nameserver: 'ns1.example.com.', soa_mailbox: 'zone.example.com.' }

/** Runs a command whose requests pass doors; what it asks for once it is killed reaches nobody. */
async function runDoomed(
  line: readonly string[],
  { point, meanwhile }: { point: Point | null; meanwhile: (() => Promise<unknown>) | undefined },
  { operator, table, bucket }: Cloud,
): Promise<Doomed> {
  const requests: string[] = []
  let isKilled = false
  let kill = () => {}
  const meet = async (what: string, pass: () => Promise<void>) => {
    if (isKilled) return
    requests.push(what)
    const isPoint = requests.length === point?.request || what.startsWith(`${point?.request}`)
    const when = isPoint ? point?.when : undefined
    if (when === 'held') await meanwhile?.()
    if (when === 'after') await pass()
    if (when === 'after' || when === 'before') kill()
    if (!isKilled) await pass()
  }
  const [tableDoor, bucketDoor] = await Promise.all([startDoor(table.url, meet), startDoor(bucket.url, meet)])
  const doors = { AWS_ENDPOINT_URL_DYNAMODB: tableDoor.url, AWS_ENDPOINT_URL_S3: bucketDoor.url }
  const running = startCommand(line, { ...operator, ...doors })
  kill = () => {
    isKilled = true
    running.child.kill('SIGKILL')
  }
  const { status, stdout, stderr } = await running.ended
  await Promise.all([tableDoor.close(), bucketDoor.close()])
  return { status, stdout, stderr, isKilled, requests }
}
