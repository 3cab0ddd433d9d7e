import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '../simulation/world/random.ts'

/** One place of the source, broken on purpose. */
export interface Mutant {
  /** Relative to the project. */
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly before: string
  readonly after: string
}

/** What is broken, and how: comparisons, defaults, guards, quantifiers, arithmetic. */
const ways: readonly (readonly [RegExp, string])[] = [
  [/ >= /g, ' > '],
  [/ <= /g, ' < '],
  [/ < /g, ' <= '],
  [/ > /g, ' >= '],
  [/ === /g, ' !== '],
  [/ !== /g, ' === '],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ \?\? (?=[\w'[])/g, ' && '],
  [/ \+ 1\b/g, ' + 0'],
  [/ - 1\b/g, ' - 0'],
  [/Math\.max\(/g, 'Math.min('],
  [/Math\.min\(/g, 'Math.max('],
  [/\.some\(/g, '.every('],
  [/\.every\(/g, '.some('],
  [/\btrue\b/g, 'false'],
  [/\bfalse\b/g, 'true'],
  [/(?<=[(\s])!(?=[a-z(])/g, ''],
  [/^ {2,}if \(.*\) return\b.*$/g, ''],
  [/\.sort\([\w, ]+\)/g, ''],
  [/\b300\b|\b600\b|\b2000\b/g, '7'],
]

/** Comments, types, imports and text for people break nothing. */
const spared =
  /^\s*(\/\/|\/\*|\*|import |export type |export interface |type |interface |readonly |[|&] \{)|^import|=> void|Record<|\.\.\.Math/

/** Every mutant of these folders, in the order of files and lines. */
export function allMutants(root: string, folders: readonly string[]): Mutant[] {
  return folders.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .sort()
      .flatMap(file => mutantsOf(join(folder, file), readFileSync(join(root, folder, file), 'utf8'))),
  )
}

function mutantsOf(file: string, text: string): Mutant[] {
  const lines = text.split('\n')
  return lines.flatMap((before, at) => {
    if (spared.test(before)) return []
    return ways.flatMap(([pattern, to]) =>
      [...before.matchAll(pattern)].map(found => ({
        ...{ file, line: at + 1, before },
        after: before.slice(0, found.index) + to + before.slice(found.index + found[0].length),
      })),
    )
  })
}

/** This many of the mutants, chosen by a seed, from every file in turn. */
export function chosenMutants(all: readonly Mutant[], count: number, seed: number): Mutant[] {
  const random = createRandom(seed, 'mutants')
  const byFile = new Map<string, Mutant[]>()
  for (const mutant of all) byFile.set(mutant.file, [...(byFile.get(mutant.file) ?? []), mutant])
  const chosen: Mutant[] = []
  const piles = [...byFile.values()].sort((a, b) => b.length - a.length)
  while (chosen.length < Math.min(count, all.length)) {
    for (const pile of piles) {
      const [mutant] = pile.splice(random.int(pile.length), 1)
      if (mutant !== undefined && chosen.length < count) chosen.push(mutant)
    }
  }
  return chosen
}
