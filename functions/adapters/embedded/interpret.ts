import type { Condition, Item, Test, Update } from '../table/rows.ts'

/** Whether a condition holds of an item (null: there is none). */
export function holds(condition: Condition, item: Item | null): boolean {
  if (!('of' in condition)) return passes(condition, item ?? {})
  return condition.is === 'all'
    ? condition.of.every(one => holds(one, item))
    : condition.of.some(one => holds(one, item))
}

function passes(test: Test, item: Item): boolean {
  const value = item[test.attribute]
  switch (test.is) {
    case 'absent':
      return value === undefined
    case 'text':
      return value?.S === test.text
    case 'no-number':
      return value?.N === undefined
    case 'at-most':
      return value?.N !== undefined && Number(value.N) <= test.number
    case 'above':
      return value?.N !== undefined && Number(value.N) > test.number
  }
}

/** The item as an update leaves it; copies see it as it was. */
export function updated(item: Item | null, { set, copy = {}, remove = [] }: Update): Item {
  const old = item ?? {}
  const copies = Object.entries(copy).map(([name, { from, otherwise }]) => [name, old[from] ?? otherwise] as const)
  const fresh = { ...old, ...set, ...Object.fromEntries(copies) }
  return Object.fromEntries(Object.entries(fresh).filter(([name]) => !remove.includes(name)))
}
