import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type Edges, startEdges } from './edges.ts'
import { type Workplace, workplaceFor } from './workplace.ts'

/** Whatever is there at the moment, for tests that are written before it is made. */
function current<T extends object>(get: () => T | null): T {
  return new Proxy({} as T, {
    get: (_none, key) => {
      const now = get()
      if (now === null) throw new Error('it exists only while a test runs')
      return Reflect.get(now, key)
    },
  })
}

/** Edges at these addresses for all tests of a file. */
export function edgesForAll(addresses: readonly string[]): Edges {
  let edges: Edges | null = null
  beforeAll(async () => {
    edges = await startEdges(addresses)
  })
  afterAll(() => edges?.close())
  return current(() => edges)
}

/** The same, and for each test a workplace of its own, with a configuration for them. */
export function workplaceForEach(addresses: readonly string[]): { edges: Edges; place: Workplace } {
  const edges = edgesForAll(addresses)
  let place: Workplace | null = null
  beforeEach(() => {
    place = workplaceFor(edges, addresses)
  })
  afterEach(() => {
    place?.remove()
    place = null
  })
  return { edges, place: current(() => place) }
}

/** Does something in a workplace that is there for just as long. */
export async function inWorkplace<T>(
  edges: Edges,
  addresses: readonly string[],
  work: (place: Workplace) => Promise<T>,
): Promise<T> {
  const place = workplaceFor(edges, addresses)
  try {
    return await work(place)
  } finally {
    place.remove()
  }
}
