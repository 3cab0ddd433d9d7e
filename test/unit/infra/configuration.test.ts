import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../../functions/cli/root.ts'
import { configDirOf } from '../../../infra/configuration.ts'

test('the folder is the one asked for, that of the environment, or the sample; empty is as good as not given', () => {
  const env = { EDGEMANAGE_CONFIG: '/etc/em' }
  expect(configDirOf('/srv/em', env)).toBe('/srv/em')
  expect(configDirOf(undefined, env)).toBe('/etc/em')
  expect(configDirOf('', env)).toBe('/etc/em')
  expect(configDirOf(undefined, { EDGEMANAGE_CONFIG: '' })).toBe(resolve(root, 'config'))
  expect(configDirOf(undefined, {})).toBe(resolve(root, 'config'))
})
