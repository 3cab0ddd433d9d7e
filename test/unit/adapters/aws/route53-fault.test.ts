import { expect, test } from 'vitest'
import { faultOf } from '../../../../functions/adapters/aws/route53-fault.ts'

/** An error as the SDK throws it. */
function thrown(name: string, message: string, facts: object = {}): Error {
  return Object.assign(new Error(message), { name, ...facts })
}
const answered = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } })

test.each([
  [thrown('Throttling', 'Rate exceeded', answered(400)), 'throttled', 'Route 53 is asked too often: Rate exceeded'],
  [thrown('X', 'slow down', answered(429)), 'throttled', 'Route 53 is asked too often: slow down'],
  [thrown('PriorRequestNotComplete', 'wait', answered(400)), 'throttled', 'Route 53 is asked too often: wait'],
  [thrown('InvalidChangeBatch', 'no', { messages: ['one', 'two'], ...answered(400) }), 'invalid', 'one; two'],
  [thrown('InvalidChangeBatch', '[no such set]', answered(400)), 'invalid', '[no such set]'],
  [thrown('Unknown', 'UnknownError', { Messages: { Message: 'one' }, ...answered(400) }), 'invalid', 'one'],
  [thrown('NoSuchHostedZone', 'Z', answered(404)), 'missing', 'there is no such hosted zone: check route53.zones'],
  [thrown('AccessDenied', 'not you', answered(403)), 'refused', 'no access to Route 53: not you'],
  [thrown('CredentialsProviderError', 'none'), 'refused', 'no access to Route 53: none'],
  [thrown('InvalidInput', 'bad', answered(400)), 'refused', 'Route 53: bad'],
  [thrown('InternalFailure', 'oops', answered(500)), 'lost', 'Route 53 gave no answer: oops'],
  [thrown('Error', '', { code: 'ECONNRESET' }), 'lost', 'Route 53 gave no answer: ECONNRESET'],
  ['strange', 'lost', 'Route 53: strange'],
])('%s', (error, kind, message) => {
  expect(faultOf(error)).toMatchObject({ kind, message })
})
