import { InvalidArgumentError } from 'commander'
import { describe, expect, test } from 'vitest'
import { placeOf } from '../../../../functions/app/target.ts'
import { checkManageFlags, parseEvery, parseMaxSeconds } from '../../../../functions/cli/input/flags.ts'

describe('numbers of seconds', () => {
  test.each([
    [parseEvery, '1', 1],
    [parseEvery, '86400', 86_400],
    [parseMaxSeconds, '30', 30],
    [parseMaxSeconds, '55', 55],
  ])('%o takes %s', (parse, text, expected) => {
    expect(parse(text)).toBe(expected)
  })

  test.each([
    [parseEvery, '0'],
    [parseEvery, '86401'],
    [parseEvery, '-1'],
    [parseEvery, '1.5'],
    [parseEvery, '1e1'],
    [parseEvery, ''],
    [parseEvery, 'often'],
    [parseMaxSeconds, '29'],
    [parseMaxSeconds, '56'],
  ])('%o refuses "%s"', (parse, text) => {
    expect(() => parse(text)).toThrow(InvalidArgumentError)
  })
})

describe('--every', () => {
  test.each([{}, { every: 30 }, { every: 1, force: true }])('goes with %o', flags => {
    expect(() => checkManageFlags({ maxSeconds: 55, ...flags })).not.toThrow()
  })

  test('under 30 needs --force', () => {
    expect(() => checkManageFlags({ maxSeconds: 55, every: 29 })).toThrow('--every under 30 needs --force')
  })
})

describe('where to work', () => {
  const both = { TABLE_NAME: 'table', BUCKET_NAME: 'bucket' }

  test.each([
    [{}, both, { kind: 'aws', tableName: 'table', bucketName: 'bucket' }],
    [{ local: 'dir' }, both, { kind: 'local', folder: 'dir' }],
    [{ stack: 'stack' }, both, { kind: 'stack', stack: 'stack' }],
    [{ local: 'dir' }, {}, { kind: 'local', folder: 'dir' }],
  ])('%o with the environment %o', (flags, env, expected) => {
    expect(placeOf(flags, env)).toEqual(expected)
  })

  test.each([
    [{}, {}, /TABLE_NAME and BUCKET_NAME not set.*--local DIR.*--stack NAME/],
    [{}, { TABLE_NAME: 'table' }, /\(BUCKET_NAME not set\)/],
    [{ local: 'dir', stack: 'stack' }, both, /cannot be used together/],
    [{ local: '' }, both, /--local must not be empty/],
    [{ stack: '' }, both, /--stack must not be empty/],
  ])('%o with the environment %o is wrong usage', (flags, env, expected) => {
    expect(() => placeOf(flags, env)).toThrow(expected)
  })
})
