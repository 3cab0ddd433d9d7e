import type { ConfigEvent } from '../config/pointer.ts'
import { oneLine } from '../domain/printable.ts'
import { utcWords } from '../domain/time-words.ts'
import type { Run } from '../history/run.ts'

/** Characters of the comment that a configuration was put in force with. */
const maxComment = 100
/** Hexadecimal digits of a hash, as `config log` shows them. */
const shownDigits = 12

/** What is known of the configurations that were in force: the log, in any order, and the recorded cycles, ascending. */
export interface ConfigurationHistory {
  readonly events: readonly ConfigEvent[]
  readonly runs: readonly Run[]
}

/**
 * That another configuration was in force in a cycle than now, and since when that has changed, in words (behaviour §13.2);
 * null where it is the same one, or nothing is known of it.
 */
export function configurationChange(run: Run, { events, runs }: ConfigurationHistory): string | null {
  const { configuration, time } = run
  if (configuration === null) return null
  const isOther = (hash: string) => !hash.startsWith(configuration)
  const logged = [...events].sort((a, b) => a.at - b.at)
  const inForce = logged.at(-1)?.hash ?? runs.at(-1)?.configuration ?? configuration
  if (!isOther(inForce)) return null
  const then = `settings changed meanwhile: configuration ${configuration.slice(0, shownDigits)} was in force then`
  const event = logged.find(one => one.at > time && isOther(one.hash))
  if (event !== undefined) return `${then}; ${eventWords(event)}`
  const next = runs.find(one => one.time > time && one.configuration !== null && isOther(one.configuration))
  if (next === undefined) return `${then}, and is not any more`
  const now = String(next.configuration).slice(0, shownDigits)
  return `${then}; by the cycle of ${utcWords(next.time)} it was ${now}`
}

function eventWords({ what, hash, by, at, comment }: ConfigEvent): string {
  const why = comment === '' ? '' : ` ("${oneLine(comment, maxComment)}")`
  const put = `put ${hash.slice(0, shownDigits)} in force at ${utcWords(at)}${why}`
  switch (what) {
    case 'deploy':
      return `a deploy ${put}`
    case 'folder':
      return `a changed folder ${put}`
    case 'rollback':
      return `a rollback by ${by} ${put}`
    case 'push':
      return `a push by ${by} ${put}`
  }
}
