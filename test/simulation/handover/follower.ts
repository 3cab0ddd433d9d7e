import { createHash } from 'node:crypto'
import { type PassOptions, runPass } from '../../../functions/app/following/pass.ts'
import { serialOf } from '../../../functions/core/zone/published.ts'
import { isGreaterSerial } from '../../../functions/core/zone/serial.ts'
import type { FollowerPorts, FollowerText, ServedFolder } from '../../../functions/cycle/ports/following.ts'
import { modelServer } from '../../helpers/model-name-server.ts'
import type { Random } from '../world/random.ts'
import type { Turns } from './turns.ts'

/** A name server with its follower, beside the bucket of the simulated networks. */
export interface SimulatedFollower {
  /** Starts a pass; one that is still under way is killed where it stands. */
  readonly start: (now: number) => void
  /** A pass without faults, to its end. */
  readonly passNow: (now: number) => Promise<string>
  /** Looks at what the server has: no zone is dropped, no serial goes back. */
  readonly look: () => void
  readonly loaded: ReadonlyMap<string, string>
}

/** Follows these networks; what breaks a promise goes to `broken`. */
export function simulatedFollower(
  objects: ReadonlyMap<string, string>,
  networks: readonly string[],
  { turns, random, faults, broken }: Surroundings,
): SimulatedFollower {
  const folder = memoryFolder()
  const server = modelServer(
    async () => (await folder.read('clauses')) ?? '',
    path => folder.files.get(path) ?? '',
  )
  const followed = { networks, optionsOf: () => null }
  const options: PassOptions = { followed, catalog: null, graceMs: 3_600_000, yes: false, everySeconds: null }
  const served = new Map<string, number>()
  const look = () => {
    for (const [zone, last] of served) {
      const serial = serialOf(server.loaded.get(zone) ?? '')
      if (serial === null) broken.push(`the follower dropped ${zone}`)
      else if (isGreaterSerial(last, serial)) broken.push(`the follower took ${zone} back from ${last} to ${serial}`)
    }
    for (const [zone, text] of server.loaded) served.set(zone, serialOf(text) ?? 0)
  }
  const portsAt = (now: number, step: Step): FollowerPorts => ({
    ...{ clock: () => now, monotonic: () => now, progress: () => {} },
    folder: stepped(folder, step),
    published: stepped(publishedIn(objects), step),
    checks: {
      zone: async () => null,
      zones: async zones => new Map(zones.map(({ zone }) => [zone, null])),
      conf: async () => null,
    },
    askServer: words => step(() => server.ask(words), 'connection refused').finally(look),
  })
  let current = { isDead: false }
  return {
    look,
    loaded: server.loaded,
    start: now => {
      current.isDead = true
      const life = { isDead: false }
      current = life
      void runPass(options, portsAt(now, stepIn(life, turns, random, faults)))
    },
    passNow: async now => {
      current.isDead = true
      const { status, warnings, failed } = await runPass(
        options,
        portsAt(now, work => work()),
      )
      return status === 'ok' ? status : JSON.stringify([warnings, failed])
    },
  }
}

interface Surroundings {
  readonly turns: Turns
  readonly random: Random
  readonly faults: () => number
  readonly broken: string[]
}

/** Does a piece of work when its turn comes; `refusal` is what is answered instead where that fails, else it throws. */
type Step = <T>(work: () => Promise<T>, refusal?: T) => Promise<T>

function stepIn(life: { readonly isDead: boolean }, turns: Turns, random: Random, faults: () => number): Step {
  const never = <T>() => new Promise<T>(() => {})
  return async (work, refusal) => {
    await turns.wait()
    if (life.isDead) return never()
    const isFailing = random.chance(faults())
    if (isFailing && refusal !== undefined) return refusal
    if (isFailing) throw new Error('not done')
    const answer = await work()
    await turns.wait()
    return life.isDead ? never() : answer
  }
}

function stepped<T extends object>(port: T, step: Step): T {
  return Object.fromEntries(
    Object.entries(port).map(([name, one]) => {
      if (typeof one !== 'function' || name === 'pathOf') return [name, one]
      const refusal = name === 'manifest' ? { is: 'unreadable', reason: 'not done' } : undefined
      return [name, (...args: unknown[]) => step(() => one(...args), refusal)]
    }),
  ) as T
}

function publishedIn(objects: ReadonlyMap<string, string>): FollowerPorts['published'] {
  return {
    manifest: async (network, etag) => {
      const text = objects.get(`zones/${network}/manifest.json`)
      if (text === undefined) return { is: 'unreadable', reason: 'there is none' }
      const found = createHash('md5').update(text).digest('hex')
      return found === etag ? { is: 'unchanged' } : { is: 'read', text, etag: found }
    },
    file: async key => {
      const text = objects.get(key)
      if (text === undefined) throw new Error('there is none')
      return Buffer.from(text)
    },
  }
}

/** A served folder in memory, with its files by path. */
function memoryFolder(): ServedFolder & { readonly files: ReadonlyMap<string, string> } {
  const files = new Map<string, string>()
  const stamps = new Map<string, string>()
  const texts = new Map<FollowerText, string>()
  const staged = new Map<string, string>()
  let count = 0
  const pathOf = (zone: string) => `/served/${zone}.zone`
  return {
    files,
    pathOf,
    catalogPath: '/served/catalog.zone',
    read: async name => texts.get(name) ?? null,
    write: async (name, text) => void texts.set(name, text),
    remove: async name => void texts.delete(name),
    stamps: async zones => {
      const found = zones.map(zone => [zone, stamps.get(zone)] as const)
      return new Map(found.flatMap(([zone, stamp]) => (stamp === undefined ? [] : [[zone, stamp]])))
    },
    look: async zone => {
      const text = files.get(pathOf(zone))
      const stamp = stamps.get(zone)
      if (text === undefined || stamp === undefined) return null
      return { sha256: createHash('sha256').update(text).digest('hex'), stamp }
    },
    clearStage: async () => staged.clear(),
    stage: async (name, bytes) => {
      staged.set(name, Buffer.from(bytes).toString('utf8'))
      return `/staged/${name}`
    },
    place: async zone => {
      const stamp = String(++count)
      files.set(pathOf(zone), staged.get(`${zone}.zone`) ?? '')
      stamps.set(zone, stamp)
      return stamp
    },
    removeZone: async zone => {
      files.delete(pathOf(zone))
      stamps.delete(zone)
    },
  }
}
