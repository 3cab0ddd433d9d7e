import { expect, test } from 'vitest'
import { newConfiguration, schemaFile } from '../../../../functions/core/config/new-configuration.ts'

test('the files of a new configuration, with names made absolute and the modeline for editors', () => {
  const files = newConfiguration({
    ...{ network: 'mynet', host: 'www.example.org', edges: ['192.0.2.1', 'e.example'], zones: ['example.org'] },
    ...{ nameServers: ['ns1.example.net', 'ns2.example.net.'], mailbox: 'root.example.net', proto: 'https' },
    ...{ uri: '/object', goodenough: 0.5, edgeCount: 2 },
  })
  expect([...files.keys()]).toEqual([
    'edgemanage.yaml',
    'edgemanage.schema.json',
    'edges/mynet',
    'canaries/mynet',
    'zones/mynet/example.org.zone',
  ])
  const settings = String(files.get('edgemanage.yaml'))
  expect(settings).toMatch(new RegExp(`^# yaml-language-server: \\$schema=./${schemaFile}\n`))
  expect(settings).toContain('ns_records: ["ns1.example.net.", "ns2.example.net."]')
  expect(settings).toContain('soa_mailbox: "root.example.net."')
  expect(files.get('edges/mynet')).toMatch(/\n192\.0\.2\.1\ne\.example\n$/)
})
