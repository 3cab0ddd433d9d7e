import {
  accept,
  expectWord,
  type Item,
  invalid,
  nameOf,
  type Operand,
  operandOf,
  type Placeholders,
  take,
  type Words,
  whole,
} from './expression.ts'

/** The item as it is after an update. */
export type Change = (item: Item, given: Placeholders) => Item

const changes = new Map<string, Change>()

/** An update expression of SET and REMOVE clauses; right sides see the item as it was. */
export function changeOf(text: string): Change {
  const known = changes.get(text) ?? whole(text, changeClauses)
  changes.set(text, known)
  return known
}

function changeClauses(words: Words): Change {
  const steps: ((old: Item, fresh: Item, given: Placeholders) => void)[] = []
  const targets: string[] = []
  while (words.at < words.all.length) {
    const isSet = accept(words, 'SET')
    if (!isSet) expectWord(words, 'REMOVE')
    do {
      const target = take(words)
      targets.push(target)
      if (isSet) expectWord(words, '=')
      const value = isSet ? rightSide(words) : null
      steps.push((old, fresh, given) => {
        const name = nameOf(target, given.names)
        const found = value?.(old, given)
        if (value === null) delete fresh[name]
        else if (found === undefined) throw invalid(`${target} is set to what is not there`)
        else fresh[name] = found
      })
    } while (accept(words, ','))
  }
  return (item, given) => {
    const fresh = { ...item }
    const names = targets.map(target => nameOf(target, given.names))
    if (new Set(names).size < names.length) throw invalid('two document paths overlap')
    for (const step of steps) step(item, fresh, given)
    return fresh
  }
}

function rightSide(words: Words): Operand {
  const word = take(words)
  if (word !== 'if_not_exists') return operandOf(word)
  expectWord(words, '(')
  const first = operandOf(take(words))
  expectWord(words, ',')
  const second = operandOf(take(words))
  expectWord(words, ')')
  return (item, given) => first(item, given) ?? second(item, given)
}
