import { expect, test } from 'vitest'
import { configurationOutput } from '../../../../functions/core/operation/stack-names.ts'

test.each([
  ['mynet', 'Configurationmynet'],
  ['my-net', 'ConfigurationmyDnet'],
  ['my_net', 'ConfigurationmyUnet'],
  ['a-b_c-d', 'ConfigurationaDbUcDd'],
])('the output of %s is %s, letters and digits alone', (network, name) => {
  expect(configurationOutput(network)).toBe(name)
  expect(name).toMatch(/^[A-Za-z0-9]+$/)
})

test('no two networks share an output', () => {
  const names = ['a-b', 'a_b', 'ab', 'adb', 'aub'].map(configurationOutput)
  expect(new Set(names).size).toBe(names.length)
})
