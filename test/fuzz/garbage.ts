import type { Random } from '../simulation/world/random.ts'

/** What came of feeding many inputs to one part of the system. */
export interface Fuzzed {
  readonly inputs: number
  /** How the inputs ended, by kind. */
  readonly ends: Readonly<Record<string, number>>
  /** What must not be, each with the input that led to it. */
  readonly faults: readonly string[]
}

/** Text that tries to be more than a name or a value: every way to break out of a line, a quote, a record, a template. */
export const injections: readonly string[] = [
  '\n',
  '\r\n',
  '\n@ 300 IN A 203.0.113.9\n',
  '\n$INCLUDE /etc/passwd\n',
  '\n$GENERATE 1-9 a$ A 203.0.113.$\n',
  '; comment',
  ' ; @ A 203.0.113.9',
  '"',
  '" ; "',
  '(',
  ')',
  '( \n ) A 203.0.113.9',
  '\\',
  '\\010',
  '\\"',
  '\\\n',
  '\u0000',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\t',
  ' ',
  '{{serial}}',
  '{{#each records}}x{{/each}}',
  '"; };\nzone "evil.example" { type master; file "/etc/passwd',
  '../../../etc/passwd',
  'xn--',
  'xn--a-0hc',
  'bücher',
  'l'.repeat(64),
  'l'.repeat(300),
  '@',
  '*',
  '.',
  '..',
  '$ORIGIN .',
  '300 IN SOA a. b. 1 2 3 4 5',
]

/** A text with something done to it: a piece cut, doubled, moved, or something foreign put in. */
export function garbled(text: string, random: Random): string {
  const at = random.int(text.length + 1)
  const to = Math.min(text.length, at + random.int(12))
  switch (random.int(6)) {
    case 0:
      return text.slice(0, at) + text.slice(to)
    case 1:
      return text.slice(0, to) + text.slice(at)
    case 2:
      return text.slice(0, at) + random.pick(injections) + text.slice(at)
    case 3:
      return text.slice(0, at) + String.fromCharCode(random.int(random.chance(0.9) ? 256 : 65_536)) + text.slice(at + 1)
    case 4:
      return text.slice(0, at)
    default:
      return text.slice(0, at) + random.pick(injections) + text.slice(to)
  }
}

/** Any value that JSON can tell. */
export function anyValue(random: Random, depth = 3): unknown {
  switch (random.int(depth === 0 ? 5 : 7)) {
    case 0:
      return random.pick([null, true, false])
    case 1:
      return random.pick([0, -1, 1.5, 1e300, 2 ** 53, random.int(1e9)])
    case 2:
    case 3:
      return random.pick(injections)
    case 4:
      return random.pick(['force', 'forceUpdate', 'verbose', '', '[]', '{}'])
    case 5:
      return Array.from({ length: random.int(4) }, () => anyValue(random, depth - 1))
    default:
      return Object.fromEntries(
        Array.from({ length: random.int(4) }, () => [
          random.pick(['force', 'forceUpdate', 'verbose', 'detail-type', 'source', '__proto__', 'constructor', 'x']),
          anyValue(random, depth - 1),
        ]),
      )
  }
}

/** A book of how inputs end. */
export function createBook() {
  const ends: Record<string, number> = {}
  const faults: string[] = []
  let inputs = 0
  return {
    /** One input ended like this. */
    end: (kind: string) => {
      inputs++
      ends[kind] = (ends[kind] ?? 0) + 1
    },
    /** One input led to what must not be. */
    fault: (what: string, input: unknown) => {
      if (faults.length < 20) faults.push(`${what}: ${JSON.stringify(input)?.slice(0, 600)}`)
    },
    read: (): Fuzzed => ({ inputs, ends, faults }),
  }
}
