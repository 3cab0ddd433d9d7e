import type { ConfigSource } from './source.ts'

type Outcome<T> = { readonly value: T } | { readonly error: unknown }

/** The same source, of which nothing is asked twice: what was answered, or thrown, first is so for ever. */
export function readOnce(source: ConfigSource): ConfigSource {
  const lists = new Map<string, Outcome<readonly string[] | null>>()
  const files = new Map<string, Outcome<Uint8Array | null>>()
  return { ...source, list: path => once(lists, path, source.list), read: path => once(files, path, source.read) }
}

function once<T>(known: Map<string, Outcome<T>>, path: string, work: (path: string) => T): T {
  const outcome = known.get(path) ?? attempt(work, path)
  known.set(path, outcome)
  if ('error' in outcome) throw outcome.error
  return outcome.value
}

function attempt<T>(work: (path: string) => T, path: string): Outcome<T> {
  try {
    return { value: work(path) }
  } catch (error) {
    return { error }
  }
}
