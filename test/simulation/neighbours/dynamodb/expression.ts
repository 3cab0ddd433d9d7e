import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { failure } from '../service.ts'

export type Item = Record<string, AttributeValue>

/** What the placeholders of an expression stand for. */
export interface Placeholders {
  readonly names: Readonly<Record<string, string>>
  readonly values: Readonly<Item>
}

type Operand = (item: Item, given: Placeholders) => AttributeValue | undefined
export type Condition = (item: Item, given: Placeholders) => boolean
/** The item as it is after an update. */
export type Change = (item: Item, given: Placeholders) => Item

const conditions = new Map<string, Condition>()
const changes = new Map<string, Change>()

/** A condition expression, as far as DynamoDB's grammar is used here; throws `ValidationException` for the rest. */
export function conditionOf(text: string): Condition {
  const known = conditions.get(text) ?? whole(text, orCondition)
  conditions.set(text, known)
  return known
}

/** An update expression of SET and REMOVE clauses; right sides see the item as it was. */
export function changeOf(text: string): Change {
  const known = changes.get(text) ?? whole(text, changeClauses)
  changes.set(text, known)
  return known
}

/** The placeholders that an expression uses. */
export function placeholdersIn(text: string): string[] {
  return text.match(/[#:]\w+/g) ?? []
}

/** The words of an expression that are still to be read. */
interface Words {
  readonly all: readonly string[]
  at: number
}

function whole<T>(text: string, read: (words: Words) => T): T {
  const words = { all: text.match(/[<>]=|<>|[=<>(),]|[#:]?\w+|\S/g) ?? [], at: 0 }
  const found = read(words)
  if (words.at < words.all.length) throw invalid(`'${words.all[words.at]}' is not expected in '${text}'`)
  return found
}

function invalid(message: string): Error {
  return failure('ValidationException', message, 400)
}

function accept(words: Words, ...wanted: string[]): boolean {
  if (!wanted.includes(String(words.all[words.at]).toUpperCase())) return false
  words.at++
  return true
}

function take(words: Words): string {
  const word = words.all[words.at++]
  if (word === undefined) throw invalid('the expression ends too early')
  return word
}

function expectWord(words: Words, wanted: string): void {
  if (!accept(words, wanted)) throw invalid(`'${wanted}' is expected before '${words.all[words.at]}'`)
}

function orCondition(words: Words): Condition {
  const parts = [andCondition(words)]
  while (accept(words, 'OR')) parts.push(andCondition(words))
  return (item, given) => parts.some(part => part(item, given))
}

function andCondition(words: Words): Condition {
  const parts = [notCondition(words)]
  while (accept(words, 'AND')) parts.push(notCondition(words))
  return (item, given) => parts.every(part => part(item, given))
}

function notCondition(words: Words): Condition {
  if (accept(words, 'NOT')) {
    const inner = notCondition(words)
    return (item, given) => !inner(item, given)
  }
  if (!accept(words, '(')) return comparison(words)
  const inner = orCondition(words)
  expectWord(words, ')')
  return inner
}

function comparison(words: Words): Condition {
  const word = take(words)
  if (words.all[words.at] === '(') return testOf(word, words)
  const left = operandOf(word)
  const sign = take(words)
  const right = operandOf(take(words))
  return (item, given) => compare(left(item, given), sign, right(item, given))
}

function testOf(name: string, words: Words): Condition {
  expectWord(words, '(')
  const subject = operandOf(take(words))
  const argument = accept(words, ',') ? operandOf(take(words)) : null
  expectWord(words, ')')
  switch (name) {
    case 'attribute_exists':
      return (item, given) => subject(item, given) !== undefined
    case 'attribute_not_exists':
      return (item, given) => subject(item, given) === undefined
    case 'attribute_type':
      return (item, given) => typeOf(subject(item, given)) === argument?.(item, given)?.S
    default:
      throw invalid(`the function ${name} is not known here`)
  }
}

function operandOf(word: string): Operand {
  if (word.startsWith(':')) {
    return (_item, { values }) => {
      const value = values[word]
      if (value === undefined) throw invalid(`${word} is not defined`)
      return value
    }
  }
  return (item, { names }) => item[nameOf(word, names)]
}

function nameOf(word: string, names: Placeholders['names']): string {
  if (!word.startsWith('#')) return word
  const name = names[word]
  if (name === undefined) throw invalid(`${word} is not defined`)
  return name
}

/** The type of a value by its letter: `S`, `N`, `B` and so on. */
export function typeOf(value: AttributeValue | undefined): string | undefined {
  return value === undefined ? undefined : Object.keys(value)[0]
}

/** Values of different types are never equal, nor one below the other; nor is what is not there. */
function compare(left: AttributeValue | undefined, sign: string, right: AttributeValue | undefined): boolean {
  const isAlike = typeOf(left) === typeOf(right) && left !== undefined && right !== undefined
  if (!isAlike) return sign === '<>'
  const [a, b] = left.N === undefined ? [left.S ?? '', right.S ?? ''] : [Number(left.N), Number(right.N)]
  switch (sign) {
    case '=':
      return a === b
    case '<>':
      return a !== b
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
    default:
      throw invalid(`'${sign}' compares nothing`)
  }
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
