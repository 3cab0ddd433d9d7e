import { afterAll, expect, test } from 'vitest'
import { configFolder } from '../../../functions/adapters/files/config-folder.ts'
import { loadConfiguration } from '../../../functions/core/config/configuration.ts'
import type { ConfigSource } from '../../../functions/core/config/source.ts'
import { networkConfiguration } from '../../../infra/network-configuration.ts'
import { configurationFolder } from '../../helpers/configuration.ts'

const folder = configurationFolder(['alpha', 'beta', '7'])
const general = `testobject: {host: site.example, uri: /object, local: objects/object}
dns: {ns_records: [ns1.example.com.], soa_nameserver: ns1.example.com., soa_mailbox: zone.example.com.}
goodenough: 0.5
edge_count: 2
`

afterAll(() => folder.remove())

function load(source: ConfigSource) {
  return loadConfiguration(source, { absolutePaths: 'error' })
}

/** The files that a function of a network is given, as a folder. */
function sourceOf(files: ReadonlyMap<string, string | Uint8Array>): ConfigSource {
  const paths = [...files.keys()]
  return {
    list: path => {
      const below = paths.filter(file => file.startsWith(`${path}/`)).map(file => file.slice(path.length + 1))
      return below.length === 0 ? null : [...new Set(below.map(file => String(file.split('/')[0])))]
    },
    read: path => {
      const content = files.get(path)
      return typeof content === 'string' ? new TextEncoder().encode(content) : (content ?? null)
    },
  }
}

test.each<[what: string, text: string]>([
  ['nothing of any network', general],
  ['an override each', `${general}networks:\n  alpha: {workers: 10}\n  beta: {workers: 20}\n  7: {workers: 30}\n`],
  ['an alias for another network', `${general}networks: {alpha: &x {workers: 10}, beta: *x, 7: *x}\n`],
  ['an alias inside', `${general}networks: {alpha: {history: &x {window: 60}}, beta: {history: *x}}\n`],
  [
    'an anchor where all settings stand',
    `${general}history: &x {window: 60}\nnetworks: {beta: {history: *x}, 7: {}}\n`,
  ],
  ['an alias for all networks', `${general}networks: {alpha: {history: &x {window: 60}}}\nhistory: *x\n`],
  ['all overrides by an alias', `logpath: &x {alpha: {workers: 10}, beta: {workers: 20}}\n${general}networks: *x\n`],
  ['a merge key', `${general}networks: {alpha: &x {workers: 10, retry: 2}, beta: {!!merge <<: *x, retry: 1}}\n`],
  [
    'merge keys of YAML 1.1',
    `%YAML 1.1\n---\n${general}networks: {alpha: &x {retry: 2}, beta: {<<: *x, workers: 9}}\n`,
  ],
  ['networks by a merge key', `%YAML 1.1\n---\n${general}networks: {<<: {alpha: {retry: 2}, beta: {retry: 1}}}\n`],
  ['counts by an alias', `${general}dnet_edge_count: {alpha: &x 1, beta: *x, 7: 3}\n`],
])('what a network is given loads to the same settings: %s', (_, text) => {
  folder.write('edgemanage.yaml', text)
  const { networks } = load(configFolder(folder.path))
  expect(networks.map(({ name }) => name)).toEqual(['7', 'alpha', 'beta'])
  for (const network of networks) {
    const { networks: own, problems } = load(sourceOf(networkConfiguration(folder.path, network)))
    expect(own).toEqual([network])
    expect(problems.filter(({ message }) => !message.includes('logpath'))).toEqual([])
  }
})
