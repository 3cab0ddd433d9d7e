import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import { startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { startLambda } from '../helpers/lambda-standin.ts'
import { startSite } from '../helpers/site.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

// The values of `testobject.headers` may be secrets: they go to edges, and to vantage points with the request, and are seen
// nowhere else (behaviour §14.4). What commands print of them is in failed-probes.test.ts.

const secret = 's3cret-of-the-edges'
const changed = 'an0ther-s3cret-of-them'
const addresses = ['127.0.56.1', '127.0.56.2', '127.0.56.3']
const [bad = ''] = addresses

function settings(place: Workplace, port: number, value: string, more: object = {}): void {
  const testobject = { host: 'site.example', proto: 'http', port, uri: '/object', local: 'objects/object' }
  place.settings({ testobject: { ...testobject, headers: { 'X-Token': value } }, ...more })
}

const holders = (texts: ReadonlyMap<string, string>) =>
  [...texts].filter(([, text]) => [secret, changed].some(value => text.includes(value))).map(([name]) => name)

/** Every file below a folder, as the bytes it has. */
function filesIn(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = paths.filter(path => statSync(join(folder, path)).isFile())
  return new Map(files.map(path => [path, readFileSync(join(folder, path), 'latin1')]))
}

test('functions on AWS: no answer, log line, event or published file has them', async () => {
  const edges = { port: 0 }
  const site = await startSite(addresses, place => {
    // The port is that of the edges, which the first settings have.
    edges.port = Number(/port: (\d+)/.exec(readFileSync(join(place.config, 'edgemanage.yaml'), 'utf8'))?.[1])
    settings(place, edges.port, secret, { metrics: { per_edge: true } })
  })
  try {
    const seen = new Map<string, string>()
    const ask = async (name: string, ...events: object[]) => {
      const started = await site.cloud.start(`edgemanage-net-${name}`, { LOG_LEVEL: 'DEBUG' })
      for (const [at, event] of events.entries()) {
        const { answer, error } = await started.invoke(event)
        seen.set(`${name} ${at}: answer`, JSON.stringify([answer, error]))
      }
      seen.set(`${name}: log`, started.log())
    }
    await ask('dry-run', {}, { verbose: true }, { bundle: 'x' })
    await ask('manage', { force: true, verbose: true })
    site.edges.behave(bad, { status: 503 })
    await ask('manage', { force: true, verbose: true }, { force: true, forceUpdate: true }, { nonsense: 1 })
    await ask('configure', { edge: bad, mode: 'unavailable', comment: 'disk' }, { edge: secret.slice(0, 3) })
    await ask('query', {}, { edge: bad })
    await ask('status', {}, { describe: true })
    seen.set('events', JSON.stringify(site.cloud.bus.journal))
    for (const [key, text] of site.cloud.bucket.objects) if (!key.startsWith('config/')) seen.set(key, text)
    expect(seen.get('manage 0: answer')).toContain('"status":"ok"')
    expect(site.cloud.bus.journal.length).toBeGreaterThan(0)
    expect(holders(seen)).toEqual([])
  } finally {
    await site.close()
  }
}, 120_000)

test('one machine: they are in the configuration and nowhere else; commands that compare tell only that they changed', async () => {
  const edges = await startEdges(addresses)
  const lambda = await startLambda()
  const place = workplaceFor(edges, addresses)
  try {
    const env = {
      AWS_ENDPOINT_URL_LAMBDA: lambda.url,
      AWS_ACCESS_KEY_ID: 'manage',
      AWS_SECRET_ACCESS_KEY: 'none',
      AWS_EC2_METADATA_DISABLED: 'true',
    }
    const seen = new Map<string, string>()
    const run = async (...words: string[]) => {
      const ended = await runInside([...words, '-c', place.config, '--local', place.storage], env)
      seen.set(words.join(' '), ended.stdout + ended.stderr)
      return ended
    }
    const sight = { vantages: ['eu-west-1'], goodenough: 1, timeout: 1 }
    settings(place, edges.port, secret, sight)
    await run('manage', '--force', '-v')
    const { live } = JSON.parse((await run('manage', '--force', '--json')).stdout) as Report
    edges.behave(String(live[0]), { status: 503, hereOnly: true })
    await run('manage', '--force', '--json')
    // With the request they go to vantage points, and in no other part of it.
    expect(lambda.journal.length).toBeGreaterThan(0)
    const requests = lambda.journal.map(({ event }) => event.request as { headers: object })
    expect(requests).toEqual(requests.map(() => expect.objectContaining({ headers: { 'X-Token': secret } })))
    const rest = lambda.journal.map(({ event: { request, ...others } }) => [
      { ...(request as object), headers: {} },
      others,
    ])
    seen.set('vantage points', JSON.stringify(rest))
    settings(place, edges.port, changed, sight)
    const diff = await run('config', 'diff')
    expect(diff.stdout).toContain('X-Token: (hidden, changed)')
    await run('config', 'diff', '--json')
    await run('config', 'push', '--dry-run')
    await run('config', 'push', '--comment', 'why')
    await run('config', 'log')
    await run('config', 'log', '--json')
    await run('log', '--json')
    await run('config', 'rollback', '--dry-run')
    await run('why', bad)
    await run('cost', '-v')
    settings(place, edges.port, `${changed} \n`, sight)
    await run('validate', '--json')
    await run('manage', '--force')
    await run('manage', '--force', '--json')
    await run('status')
    await run('check', 'config', '--config', place.config)
    for (const [name, text] of filesIn(place.storage)) {
      const isConfiguration = name.startsWith('bucket/config/') || name.startsWith('compiled/')
      if (!isConfiguration) seen.set(name, text)
    }
    expect([...seen.keys()]).toContain('state.sqlite')
    expect(holders(seen)).toEqual([])
  } finally {
    place.remove()
    await lambda.close()
    await edges.close()
  }
}, 120_000)
