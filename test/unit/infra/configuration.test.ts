import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../../functions/cli/root.ts'
import { configDirOf, readConfiguration } from '../../../infra/configuration.ts'
import { configurationFolder } from '../../fixtures/configuration.ts'

test('the folder is the one asked for, that of the environment, or the sample; empty is as good as not given', () => {
  const env = { EDGEMANAGE_CONFIG: '/etc/em' }
  expect(configDirOf('/srv/em', env)).toBe('/srv/em')
  expect(configDirOf(undefined, env)).toBe('/etc/em')
  expect(configDirOf('', env)).toBe('/etc/em')
  expect(configDirOf(undefined, { EDGEMANAGE_CONFIG: '' })).toBe(resolve(root, 'config'))
  expect(configDirOf(undefined, {})).toBe(resolve(root, 'config'))
})

test('a template that is broken cannot be deployed', () => {
  const folder = configurationFolder(['net'])
  const templates = mkdtempSync(join(tmpdir(), 'edgemanage-templates-'))
  try {
    cpSync(join(root, 'templates'), templates, { recursive: true })
    expect(readConfiguration(folder.path, templates).networks).toHaveLength(1)
    writeFileSync(join(templates, 'zone.hbs'), '')
    expect(() => readConfiguration(folder.path, templates)).toThrow(
      'templates/zone.hbs:1:1: error: a zone that is made with it does not load: example.org has no SOA record',
    )
  } finally {
    rmSync(templates, { recursive: true })
    folder.remove()
  }
})
