import { type FoundSet, normalRecordName } from '../../core/zone/record-set.ts'
import type { RecordPlace } from '../ports/ports.ts'
import type { Calls } from './calls.ts'

/**
 * The record sets at these names (normal form, the zone's own first). One page from the zone's name on tells all of a
 * small hosted zone; in a large one each name that it does not tell is asked for by itself.
 */
export async function readSets(calls: Calls, hostedZone: string, names: readonly string[]): Promise<FoundSet[]> {
  const [apex = ''] = names
  const first = await calls.recordSets(hostedZone, startOf(apex))
  if (first.next === null) return setsAt(first.sets, names)
  const told = names.filter(name => isTold(first.sets, name))
  const found = setsAt(first.sets, told)
  for (const name of names.filter(one => !told.includes(one))) found.push(...(await readName(calls, hostedZone, name)))
  return found
}

async function readName(calls: Calls, hostedZone: string, name: string): Promise<FoundSet[]> {
  const found: FoundSet[] = []
  let from: RecordPlace | null = startOf(name)
  while (from !== null && normalRecordName(from.name) === name) {
    const page: Awaited<ReturnType<Calls['recordSets']>> = await calls.recordSets(hostedZone, from)
    found.push(...setsAt(page.sets, [name]))
    from = page.next
  }
  return found
}

function startOf(name: string): RecordPlace {
  return { name, type: null, identifier: null }
}

function setsAt(sets: readonly FoundSet[], names: readonly string[]): FoundSet[] {
  return sets.filter(set => names.includes(normalRecordName(set.name)))
}

/** Whether a page that others follow holds all sets of a name: it has some, and goes on with another name. */
function isTold(sets: readonly FoundSet[], name: string): boolean {
  const at = sets.findIndex(set => normalRecordName(set.name) === name)
  return at >= 0 && sets.slice(at).some(set => normalRecordName(set.name) !== name)
}
