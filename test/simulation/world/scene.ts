import type { FailedOutcome, Probe } from '../../../functions/core/domain/model.ts'
import { addressFault, compareAddresses } from '../../../functions/core/zone/addresses.ts'
import type { Target } from '../../../functions/cycle/ports/ports.ts'
import { canaryPool, edgePool } from './folder.ts'
import type { Random } from './random.ts'

/** How an edge, a canary or a reference behaves for a while. */
interface Mood {
  readonly kind: 'steady' | 'flapping' | 'failing'
  /** Its fetch time, give or take. */
  readonly seconds: number
  readonly failure: FailedOutcome
  /** What a host name resolves to; none: it does not resolve. */
  readonly addresses: readonly string[]
}

/** Everybody who is probed, and how they do. */
export interface Scene {
  /** Somebody's mood changes. */
  readonly change: (random: Random) => void
  /** From now on nobody is of two minds: every next probe goes like the one before. */
  readonly calm: () => void
  /** What a probe of this target comes to, and after how many milliseconds. */
  readonly probe: (target: Target, timeoutSeconds: number, random: Random) => { probe: Probe; afterMs: number }
  /** What a probe of this address comes to for those who reach it: the prober's own faults do not bear on it. */
  readonly seenFromElsewhere: Scene['probe']
  /** Whether an edge answers everyone who reaches it at this address (null: none is known), within this many seconds. */
  readonly isAnswering: (name: string, address: string | null, timeoutSeconds: number) => boolean
  /** Whether references answer. */
  readonly referencesAnswer: () => boolean
}

const hosts: Readonly<Record<string, readonly string[]>> = {
  'h1.example': ['192.0.2.51', '192.0.2.52', '2001:db8::51'],
  // The second of them is also an edge by itself.
  'h2.example': ['192.0.2.61', '192.0.2.1'],
}
const failures: readonly FailedOutcome[] = [
  'timeout',
  'timeout',
  'refused',
  'connection_error',
  'tls_error',
  'bad_status',
  'verify_failed',
]

/** What a resolver that lies answers: addresses that no client can reach (behaviour §1.3). */
const lies = ['0.0.0.0', '::', '224.0.0.5', '::ffff:192.0.2.1', 'fe80::1']

/** A scene in which most are well at first. `prober` draws what is the prober's own fault, and what its resolver says. */
export function createScene(random: Random, prober: Random): Scene {
  const moods = new Map([...edgePool, ...canaryPool].map(name => [name, drawMood(name, random)]))
  let isOnline = true
  // The prober is out of file descriptors: part of its probes cannot be made (behaviour §1.5).
  let isStarved = false
  let isLiedTo = false
  const all = (draw: (name: string) => Mood) => {
    for (const name of moods.keys()) moods.set(name, draw(name))
  }
  return {
    change: chance => {
      if (chance.chance(0.03)) all(name => ({ ...drawMood(name, chance), kind: 'failing' }))
      else if (chance.chance(0.08)) all(name => drawMood(name, chance))
      else {
        const name = chance.pick([...moods.keys()])
        moods.set(name, drawMood(name, chance))
      }
      isOnline = !chance.chance(isOnline ? 0.05 : 0.3)
      isStarved = prober.chance(isStarved ? 0.5 : 0.08)
      isLiedTo = prober.chance(isLiedTo ? 0.5 : 0.08)
    },
    calm: () => {
      isOnline = true
      isStarved = false
      isLiedTo = false
      for (const [name, mood] of moods) if (mood.kind === 'flapping') moods.set(name, { ...mood, kind: 'failing' })
    },
    probe: (target, timeoutSeconds, chance) => {
      const { name, preferred } = target
      const answers = isLiedTo ? [prober.pick(lies)] : (moods.get(name)?.addresses ?? [])
      const address = target.address ?? resolved(answers, preferred)
      if (isStarved && prober.chance(0.4)) return { probe: ownFault(address), afterMs: 0 }
      // Under one address there is one server, whatever it is called.
      const mood = moods.get(address ?? '') ?? moods.get(name)
      if (mood === undefined) throw new Error(`nobody knows ${name}`)
      return answer(address, mood, timeoutSeconds, chance)
    },
    seenFromElsewhere: ({ name, address }, timeoutSeconds, chance) => {
      const mood = moods.get(address ?? '') ?? moods.get(name)
      if (mood === undefined) throw new Error(`nobody knows ${name}`)
      return answer(address, mood, timeoutSeconds, chance)
    },
    isAnswering: (name, address, timeoutSeconds) => {
      const mood = moods.get(address ?? '') ?? moods.get(name)
      return mood?.kind === 'steady' && mood.seconds + 0.001 < timeoutSeconds
    },
    referencesAnswer: () => isOnline,
  }
}

function drawMood(name: string, random: Random): Mood {
  const known = hosts[name] ?? []
  return {
    kind: random.pick(['steady', 'steady', 'steady', 'steady', 'flapping', 'failing']),
    seconds: random.pick([0.05, 0.1, 0.3, 0.45, 0.49, 0.55, 0.7, 1.5]),
    failure: random.pick(failures),
    addresses: known.filter(() => random.chance(0.6)),
  }
}

function answer(probed: string | null, mood: Mood, timeoutSeconds: number, random: Random) {
  if (probed === null) return { probe: failed('dns_error', null), afterMs: 20 }
  const isFailing = mood.kind === 'failing' || (mood.kind === 'flapping' && random.chance(0.5))
  const micros = Math.round(mood.seconds * 1e6) + (mood.kind === 'flapping' ? random.int(100_000) : random.int(50))
  if (!isFailing && micros < timeoutSeconds * 1e6) {
    const facts = { ...failed('timeout', probed), detail: '', tookSeconds: micros / 1e6 }
    return { probe: { ...facts, outcome: 'ok' as const, fetchMicros: micros }, afterMs: micros / 1000 }
  }
  return { probe: failed(mood.failure, probed), afterMs: mood.failure === 'timeout' ? timeoutSeconds * 1000 : 120 }
}

/** Behaviour §1.3: the one last published stays while it is among the answers, otherwise the lowest. */
function resolved(addresses: readonly string[], preferred: string | null): string | null {
  const reachable = addresses.filter(address => addressFault(address) === null)
  if (preferred !== null && reachable.includes(preferred)) return preferred
  return [...reachable].sort(compareAddresses)[0] ?? null
}

/** A probe that could not be made for want of a file descriptor. */
function ownFault(address: string | null): Probe {
  return {
    ...failed('skipped', address),
    detail: 'this process is out of file descriptors (EMFILE)',
    ownFault: 'EMFILE',
  }
}

/** A probe that ended like this. */
export function failed(outcome: FailedOutcome | 'skipped', address: string | null): Probe {
  const phases = { resolve: null, connect: null, tls: null, firstByte: null, body: null }
  return { outcome, address, attempts: 1, tookSeconds: 0.12, detail: outcome, phases }
}
