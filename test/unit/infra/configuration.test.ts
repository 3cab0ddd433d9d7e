import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../../functions/app/package-files.ts'
import { configDirOf, readConfiguration } from '../../../infra/configuration.ts'
import { networkConfiguration } from '../../../infra/network-configuration.ts'
import { configurationFolder } from '../../helpers/configuration.ts'

test('the folder is the one asked for, that of the environment, or the sample; empty is as good as not given', () => {
  const env = { EDGEMANAGE_CONFIG: '/etc/em' }
  expect(configDirOf('/srv/em', env)).toBe('/srv/em')
  expect(configDirOf(undefined, env)).toBe('/etc/em')
  expect(configDirOf('', env)).toBe('/etc/em')
  expect(configDirOf(undefined, { EDGEMANAGE_CONFIG: '' })).toBe(resolve(root, 'config'))
  expect(configDirOf(undefined, {})).toBe(resolve(root, 'config'))
})

describe('files that are links', () => {
  const paths = ['edgemanage.yaml', 'edges/net', 'canaries/net', 'zones/net/net.example.zone', 'objects/object']
  test.each(paths)('%s that leads outside of the folder is not deployed', path => {
    const folder = configurationFolder(['net'])
    folder.write('canaries/net', '')
    const outside = mkdtempSync(join(tmpdir(), 'edgemanage-outside-'))
    rmSync(join(folder.path, path))
    writeFileSync(join(outside, 'secret'), path === 'edges/net' ? '192.0.2.1\n192.0.2.2\n' : '')
    symlinkSync(join(outside, 'secret'), join(folder.path, path))
    expect(() => readConfiguration(folder.path)).toThrow(/outside of the configuration folder/)
    folder.remove()
    rmSync(outside, { recursive: true })
  })

  test('within the folder is deployed as the file that it stands for', () => {
    const folder = configurationFolder(['net'])
    folder.write('shared/object', 'the shared object\n')
    rmSync(join(folder.path, 'objects/object'))
    symlinkSync('../shared/object', join(folder.path, 'objects/object'))
    const { networks } = readConfiguration(folder.path)
    const files = networks.flatMap(network => [...networkConfiguration(folder.path, network)])
    expect(Buffer.from(new Map(files).get('objects/object') ?? '').toString()).toBe('the shared object\n')
    folder.remove()
  })
})

test('files in edges/ that are no networks are told, and deployed for none', () => {
  const folder = configurationFolder(['net'])
  folder.write('edges/net.bak', 'x\n')
  const { networks, warnings } = readConfiguration(folder.path)
  expect(networks.map(({ name }) => name)).toEqual(['net'])
  expect(warnings).toEqual([expect.stringMatching(/^edges\/net\.bak:1:1: warning: is not used/)])
  expect([...networkConfiguration(folder.path, networks[0] as (typeof networks)[number]).keys()]).not.toContain(
    'edges/net.bak',
  )
  folder.remove()
})

test('what is told of a configuration has a bound', () => {
  const folder = configurationFolder(['net'])
  for (let n = 0; n < 150; n++) folder.write(`zones/net/notes${n}.txt`, '')
  expect(readConfiguration(folder.path).warnings.at(-1)).toMatch(/^and 50 more problems/)
  folder.write('edges/net', 'bad edge\n'.repeat(5_000))
  expect(() => readConfiguration(folder.path)).toThrow(/\nand 4,150 more problems/)
  folder.remove()
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
