import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { Attribute, Condition, Test, Update } from './rows.ts'

/** An update as DynamoDB takes it. */
export interface Expression {
  readonly UpdateExpression: string
  readonly ConditionExpression: string
  readonly ExpressionAttributeNames: Record<string, string>
  readonly ExpressionAttributeValues?: Record<string, AttributeValue>
}

/** The placeholders given out so far: each name and each value gets one, as DynamoDB reserves hundreds of words. */
interface Placeholders {
  readonly names: Map<string, string>
  readonly values: Map<string, AttributeValue>
}

/** The update as expressions of DynamoDB, with a placeholder for every name and value. */
export function expressionOf({ when, set, copy = {}, remove = [] }: Update): Expression {
  const given: Placeholders = { names: new Map(), values: new Map() }
  const condition = conditionText(when, given)
  const sets = [
    ...Object.entries(set).map(([name, value]) => `${nameIn(given, name)} = ${valueIn(given, value)}`),
    ...Object.entries(copy).map(
      ([name, { from, otherwise }]) =>
        `${nameIn(given, name)} = if_not_exists(${nameIn(given, from)}, ${valueIn(given, otherwise)})`,
    ),
  ]
  const clauses = [
    ...(sets.length === 0 ? [] : [`SET ${sets.join(', ')}`]),
    ...(remove.length === 0 ? [] : [`REMOVE ${remove.map(name => nameIn(given, name)).join(', ')}`]),
  ]
  return {
    UpdateExpression: clauses.join(' '),
    ConditionExpression: condition,
    ExpressionAttributeNames: Object.fromEntries([...given.names].map(([name, placeholder]) => [placeholder, name])),
    ...(given.values.size === 0 ? {} : { ExpressionAttributeValues: Object.fromEntries(given.values) }),
  }
}

function conditionText(condition: Condition, given: Placeholders): string {
  if (!('of' in condition)) return testText(condition, given)
  const word = condition.is === 'all' ? ' AND ' : ' OR '
  return `(${condition.of.map(one => conditionText(one, given)).join(word)})`
}

function testText(test: Test, given: Placeholders): string {
  const name = nameIn(given, test.attribute)
  switch (test.is) {
    case 'absent':
      return `attribute_not_exists(${name})`
    case 'text':
      return `${name} = ${valueIn(given, { S: test.text })}`
    case 'no-number':
      return `(NOT attribute_type(${name}, ${valueIn(given, { S: 'N' })}))`
    case 'at-most':
      return `${name} <= ${valueIn(given, { N: String(test.number) })}`
    case 'above':
      return `${name} > ${valueIn(given, { N: String(test.number) })}`
  }
}

function nameIn({ names }: Placeholders, name: string): string {
  const placeholder = names.get(name) ?? `#n${names.size}`
  names.set(name, placeholder)
  return placeholder
}

function valueIn({ values }: Placeholders, value: Attribute): string {
  const placeholder = `:v${values.size}`
  values.set(placeholder, value as AttributeValue)
  return placeholder
}
