import { describe, expect, test } from 'vitest'
import {
  ConfigurationError,
  CycleFailed,
  DomainError,
  InvalidInput,
  UsageError,
} from '../../../../functions/core/domain/errors.ts'

const kinds = { InvalidInput, UsageError, ConfigurationError, CycleFailed }

describe.each(Object.entries(kinds))('%s', (name, Kind) => {
  test('is of the family, and known by its name', () => {
    expect(new Kind('short')).toBeInstanceOf(DomainError)
    expect(new Kind('short')).toMatchObject({ name, message: 'short' })
    expect(String(new Kind('short'))).toBe(`${name}: short`)
  })

  test('has a message that can be shown, and says how much of it is left out', () => {
    const { message } = new Kind(`a\x1b[2J\nb${'x'.repeat(13_700_000)}`)
    expect(message.startsWith('a\\u001b[2J\nbxx')).toBe(true)
    expect(message).toMatch(/… \(13,[\d,]+ more characters\)$/)
    expect(message.length).toBeLessThan(21_000)
  })
})

test('wrong usage is wrong input', () => {
  expect(new UsageError('x')).toBeInstanceOf(InvalidInput)
})
