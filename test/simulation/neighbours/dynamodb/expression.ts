import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { failure } from '../service.ts'

export type Item = Record<string, AttributeValue>

/** What the placeholders of an expression stand for. */
export interface Placeholders {
  readonly names: Readonly<Record<string, string>>
  readonly values: Readonly<Item>
}

export type Operand = (item: Item, given: Placeholders) => AttributeValue | undefined
export type Condition = (item: Item, given: Placeholders) => boolean

const conditions = new Map<string, Condition>()

/** A condition expression, as far as DynamoDB's grammar is used here; throws `ValidationException` for the rest. */
export function conditionOf(text: string): Condition {
  const known = conditions.get(text) ?? whole(text, orCondition)
  conditions.set(text, known)
  return known
}

/** The placeholders that an expression uses. */
export function placeholdersIn(text: string): string[] {
  return text.match(/[#:]\w+/g) ?? []
}

/** The words of an expression that are still to be read. */
export interface Words {
  readonly all: readonly string[]
  at: number
}

/** Reads an expression to its last word. */
export function whole<T>(text: string, read: (words: Words) => T): T {
  const words = { all: text.match(/[<>]=|<>|[=<>(),]|[#:]?\w+|\S/g) ?? [], at: 0 }
  const found = read(words)
  if (words.at < words.all.length) throw invalid(`'${words.all[words.at]}' is not expected in '${text}'`)
  return found
}

/** What DynamoDB says of an expression that it does not take. */
export function invalid(message: string): Error {
  return failure('ValidationException', message, 400)
}

/** Takes the next word if it is one of these. */
export function accept(words: Words, ...wanted: string[]): boolean {
  if (!wanted.includes(String(words.all[words.at]).toUpperCase())) return false
  words.at++
  return true
}

/** Takes the next word. */
export function take(words: Words): string {
  const word = words.all[words.at++]
  if (word === undefined) throw invalid('the expression ends too early')
  return word
}

/** Takes the next word, which has to be this one. */
export function expectWord(words: Words, wanted: string): void {
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

/** An attribute or a value by its word. */
export function operandOf(word: string): Operand {
  if (word.startsWith(':')) {
    return (_item, { values }) => {
      const value = values[word]
      if (value === undefined) throw invalid(`${word} is not defined`)
      return value
    }
  }
  return (item, { names }) => item[nameOf(word, names)]
}

/** The attribute that a word names. */
export function nameOf(word: string, names: Placeholders['names']): string {
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
