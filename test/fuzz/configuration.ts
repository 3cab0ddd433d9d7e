import { readTemplates } from '../../functions/app/templates.ts'
import { loadConfiguration } from '../../functions/core/config/configuration.ts'
import type { Network } from '../../functions/core/config/network.ts'
import type { ConfigSource } from '../../functions/core/config/source.ts'
import { blockersOf } from '../../functions/core/config/stopping.ts'
import { runCycle } from '../../functions/cycle/cycle.ts'
import { World } from '../helpers/world.ts'
import type { Random } from '../simulation/world/random.ts'
import { createBook, type Fuzzed, garbled, injections } from './garbage.ts'
import { unsafeNamedConf, unsafeZone } from './safe-zone.ts'

const templates = readTemplates()

const settings = `testobject: {host: site.example, uri: /o, local: objects/o, proto: http}
dns: {ns_records: [ns1.example.com., "NS2"], soa_nameserver: ns1.example.com., soa_mailbox: zone.example.com., rotate_zones: [www, "NEW"]}
goodenough: 0.5
edge_count: 2
`

/** The files of a folder in which one text is hostile, or one file broken. */
function drawFiles(random: Random): Map<string, string> {
  const hostile = random.chance(0.5)
    ? `${random.pick(['', 'a', 'a.example', '192.0.2.1'])}${random.pick(injections)}${random.pick(['', 'b', '.example'])}`
    : garbled(random.pick(['m', 'a.example.', '192.0.2.77', '2001:db8::9']), random)
  const place = random.int(8)
  const at = (here: number, plain: string) => (place === here ? hostile : plain)
  const quoted = (here: number, plain: string) => JSON.stringify(at(here, plain)).slice(1, -1)
  const files = new Map([
    ['edgemanage.yaml', settings.replace('NS2', quoted(0, 'ns2.example.com.')).replace('NEW', quoted(1, 'new'))],
    [`edges/${at(2, 'net').replaceAll('/', '')}`, `192.0.2.1\n192.0.2.2\n${at(3, 'h.example')}\n`],
    ['canaries/net', `example.org: "${quoted(4, '192.0.2.101')}"\n`],
    [`zones/net/${at(5, 'other.example').replaceAll('/', '')}.zone`, ''],
    ['zones/net/example.org.zone', at(6, 'mail A 192.0.2.9\n')],
    ['objects/o', at(7, 'object\n')],
  ])
  if (random.chance(0.4)) {
    const file = random.pick([...files.keys()])
    files.set(file, garbled(files.get(file) ?? '', random))
  }
  return files
}

function sourceOf(files: ReadonlyMap<string, string>): ConfigSource {
  return {
    list: folder => {
      const inside = [...files.keys()].filter(file => file.startsWith(`${folder}/`))
      const names = inside.map(file => String(file.slice(folder.length + 1).split('/')[0]))
      return names.length === 0 ? null : [...new Set(names)]
    },
    read: path => {
      const text = files.get(path)
      return text === undefined ? null : Buffer.from(text)
    },
  }
}

/** Configuration folders with hostile texts anywhere: refused with places, or safe in everything that is published. */
export async function fuzzConfiguration(random: Random, inputs: number): Promise<Fuzzed> {
  const book = createBook()
  for (let count = 0; count < inputs; count++) {
    const files = drawFiles(random)
    try {
      const configuration = loadConfiguration(sourceOf(files), { absolutePaths: 'error' })
      for (const { file, line, column, message } of configuration.problems) {
        if (file === '' || !(line >= 1) || !(column >= 1) || message === '')
          book.fault('a problem without a place', [...files])
      }
      const network = configuration.networks[0]
      if (network === undefined) book.end('refused')
      else if (blockersOf(configuration, network.name).length > 0)
        book.fault('blocked, and given all the same', [...files])
      else await publishes(network, book, [...files])
    } catch (error) {
      book.fault(String(error), [...files])
    }
  }
  return book.read()
}

async function publishes(network: Network, book: ReturnType<typeof createBook>, files: unknown): Promise<void> {
  const world = new World()
  const plain = { dryRun: false, force: false, forceUpdate: false, verbose: false, maxSeconds: 55, problems: [] }
  const report = await runCycle(network, { ...plain, templates }, world.ports)
  if (report.status === 'failed') book.fault(`the cycle failed: ${report.warnings.join()}`, files)
  const addresses = [
    ...report.edges.flatMap(edge => (edge.state === 'in' ? (edge.address ?? []) : [])),
    ...network.canaries.map(canary => canary.address),
  ]
  for (const [key, text] of world.objects) {
    if (key.startsWith('live/')) continue
    if (key.endsWith('manifest.json')) continue
    const unsafe = key.endsWith('named.conf') ? unsafeNamedConf(text) : unsafeZone(text, addresses)
    if (unsafe !== null) book.fault(`${key} ${unsafe}`, files)
  }
  book.end(report.zones.some(({ action }) => action === 'invalid') ? 'published without its bad zones' : 'published')
}
