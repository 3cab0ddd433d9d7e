import { expect, test } from 'vitest'
import { settingsSchema } from '../../../../functions/core/config/settings-schema.ts'

const complaints = (headers: unknown) => {
  const checked = settingsSchema.safeParse({ testobject: { headers } })
  const issues = checked.error?.issues ?? []
  return issues.map(({ path, message }) => [...path.slice(2), message].join(': '))
}

test.each([{}, { 'X-Probe': 'a b\tc' }, { Authorization: 'Bearer s3cret', 'User-Agent': '', Accept: 'text/html' }])(
  '%j may be sent',
  headers => {
    expect(complaints(headers)).toEqual([])
  },
)

const own = ['Host', 'CONNECTION', 'content-length', 'Transfer-Encoding', 'Accept-Encoding', 'TE', 'Upgrade', 'Expect']
test.each([...own, 'Range', 'If-None-Match'])('%s is the own business of the probe', name => {
  const message = `${name}: '${name}' is set by the probe itself and cannot be changed`
  expect(complaints({ [name]: 's3cret' })).toEqual([message])
})

test.each(['', 'a b', 'a:b', 'a\r\nb', 'ä'])('"%s" is no name', name => {
  expect(complaints({ [name]: 'x' }).join()).toContain('is not a valid header name')
})

const wrongValues = ['s3cret\r\nX: y', 's3cret\n', 's3cret\0', 's3crät', ' s3cret', 's3cret ']
test.each(wrongValues)('the value %j is refused, and not told', value => {
  const [message = '', ...others] = complaints({ 'X-Probe': value })
  expect(others).toEqual([])
  expect(message).toContain('its value m')
  expect(message).not.toContain('s3')
})

test('names that differ by case alone, and too much of all, are refused', () => {
  const twice = "x-a: 'x-a' is listed twice: upper and lower case are the same here"
  expect(complaints({ 'X-A': '1', 'x-a': '2' })).toEqual([twice])
  expect(complaints({ 'X-A': 'x'.repeat(4100) })).toEqual(['is longer than 4096 bytes altogether'])
  expect(complaints({ 'X-A': 1 })).toHaveLength(1)
})
