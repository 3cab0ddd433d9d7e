import { describe, expect, test } from 'vitest'
import { expressionOf } from '../../../../functions/adapters/table/expression.ts'

describe('an update as DynamoDB takes it', () => {
  test('has a placeholder for every name and value', () => {
    expect(
      expressionOf({
        when: {
          is: 'all',
          of: [
            { is: 'text', attribute: 'owner', text: 'a' },
            {
              is: 'any',
              of: [
                { is: 'no-number', attribute: 'until' },
                { is: 'at-most', attribute: 'until', number: 5 },
                { is: 'above', attribute: 'until', number: 9 },
              ],
            },
          ],
        },
        set: { status: { S: 'ok' } },
        copy: { previous: { from: 'version', otherwise: { S: 'none' } } },
        remove: ['owner'],
      }),
    ).toEqual({
      UpdateExpression: 'SET #n2 = :v4, #n3 = if_not_exists(#n4, :v5) REMOVE #n0',
      ConditionExpression: '(#n0 = :v0 AND ((NOT attribute_type(#n1, :v1)) OR #n1 <= :v2 OR #n1 > :v3))',
      ExpressionAttributeNames: {
        '#n0': 'owner',
        '#n1': 'until',
        '#n2': 'status',
        '#n3': 'previous',
        '#n4': 'version',
      },
      ExpressionAttributeValues: {
        ':v0': { S: 'a' },
        ':v1': { S: 'N' },
        ':v2': { N: '5' },
        ':v3': { N: '9' },
        ':v4': { S: 'ok' },
        ':v5': { S: 'none' },
      },
    })
  })

  test('names no values where it needs none: DynamoDB refuses an empty list of them', () => {
    expect(expressionOf({ when: { is: 'absent', attribute: 'sk' }, set: {}, remove: ['a'] })).toEqual({
      UpdateExpression: 'REMOVE #n1',
      ConditionExpression: 'attribute_not_exists(#n0)',
      ExpressionAttributeNames: { '#n0': 'sk', '#n1': 'a' },
    })
  })
})
