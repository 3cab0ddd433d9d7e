import { createHash } from 'node:crypto'

/** Chance from a seed: the same seed and path give the same numbers, whatever others draw from theirs. */
export interface Random {
  /** From 0 up to 1, which it never is. */
  readonly next: () => number
  /** A whole number from 0 up to `below`, which it never is. */
  readonly int: (below: number) => number
  /** A whole number from `least` to `most`, both included. */
  readonly between: (least: number, most: number) => number
  /** True in this many of all cases: 0 never, 1 always. */
  readonly chance: (share: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T
}

/** A source of chance for one purpose; `path` names it, so that drawing more here changes nothing elsewhere. */
export function createRandom(seed: number, ...path: readonly (string | number)[]): Random {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, ...path]))
    .digest()
  const next = sfc32(digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8), digest.readUInt32LE(12))
  const int = (below: number) => Math.floor(next() * below)
  return {
    next,
    int,
    between: (least, most) => least + int(most - least + 1),
    chance: share => next() < share,
    pick: list => {
      if (list.length === 0) throw new Error('there is nothing to pick from')
      return list[int(list.length)] as (typeof list)[number]
    },
  }
}

/** Small Fast Counter, 32 bits: 128 bits of state, a period of at least 2³² for every one. */
function sfc32(a: number, b: number, c: number, d: number): () => number {
  let [w, x, y, counter] = [a, b, c, d]
  return () => {
    const sum = (w + x + counter) | 0
    counter = (counter + 1) | 0
    w = x ^ (x >>> 9)
    x = (y + (y << 3)) | 0
    y = ((y << 21) | (y >>> 11)) + sum
    return (sum >>> 0) / 2 ** 32
  }
}
