import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

let edges: Edges
let place: Workplace
beforeAll(async () => {
  edges = await startEdges(['127.0.0.1', '::1', '127.0.23.2', '127.0.23.3'])
})
afterAll(() => edges.close())
beforeEach(() => {
  place = workplaceFor(edges, ['127.0.23.2'])
})
afterEach(() => place.remove())

const run = (...words: string[]) => runInside([...words, '-c', place.config, '--local', place.storage])
const list = (...lines: string[]) => place.write('config/edges/net', `${lines.join('\n')}\n`)

async function cycle(): Promise<Report> {
  return JSON.parse((await run('manage', '--json', '--force')).stdout)
}

/** Spellings of one edge, the canonical one first; all are served on loopback. */
const kinds: [string, string[]][] = [
  ['an IPv6 address', ['::1', '0:0:0:0:0:0:0:1', '0000::0001', '::0:1']],
  ['a host name', ['edge.localhost', 'Edge.LocalHost', 'edge.localhost.', 'EDGE.LOCALHOST.']],
  ['a single label', ['localhost', 'LOCALHOST', 'localhost.']],
]

describe.each(kinds)('%s is one edge in every spelling (behaviour §2.4)', (_kind, spellings) => {
  const canonical = String(spellings[0])

  test('its order, samples and place in the live set outlive another spelling of the list', async () => {
    list(String(spellings.at(-1)), '127.0.23.2', '127.0.23.3')
    expect((await cycle()).live).toHaveLength(2)
    const given = await run('conf', String(spellings[1]), '-m', 'force', '-C', 'launch', '--json')
    expect(JSON.parse(given.stdout)).toMatchObject({ edge: canonical, mode: 'force' })
    expect((await cycle()).live).toContain(canonical)
    for (const [at, spelling] of spellings.entries()) {
      list('127.0.23.3', spelling, '127.0.23.2')
      const report = await cycle()
      expect(report).toMatchObject({ status: 'ok', rotated: false })
      expect(report.edges.find(({ edge }) => edge === canonical)).toMatchObject({ mode: 'force', state: 'in' })
      for (const asked of spellings) {
        const history = await run('history', asked, '--format', 'json')
        expect(history.stdout.trimEnd().split('\n')).toHaveLength(3 + at)
        expect((await run('why', asked)).stdout).toContain(`${canonical} has been in rotation`)
      }
    }
    const last = String(spellings.at(-1))
    expect((await run('conf', last, '-m', 'available')).stdout).toBe(`${canonical}: available again\n`)
  })

  test('an order that outlived its edge is taken back in every spelling', async () => {
    list(canonical, '127.0.23.2')
    await cycle()
    for (const spelling of spellings) {
      list(canonical, '127.0.23.2')
      await run('conf', canonical, '-m', 'unavailable', '-C', 'repair')
      list('127.0.23.2')
      expect((await run('conf', spelling, '-m', 'available')).stdout).toBe(`${canonical}: available again\n`)
    }
  })

  test('twice in a list is an error', async () => {
    for (const one of spellings) {
      for (const other of spellings) {
        list(one, '127.0.23.2', other)
        const { status, stdout, stderr } = await runInside(['validate', '-c', place.config])
        expect(status).toBe(2)
        expect(stdout + stderr).toMatch(/edges\/net:3:1: error: \S+ is already listed in line 1/)
      }
    }
  })
})

test('what no client can reach is an error in every list', async () => {
  const bad = ['0.0.0.0', '0.0.0.1', '224.0.0.5', '255.255.255.255', '169.254.7.7', '::', 'ff02::1', 'fe80::1']
  for (const address of [...bad, 'fe80::1%lo', '::ffff:127.0.0.1', '::FFFF:7f00:1', '0:0:0:0:0:ffff:7f00:1']) {
    list('127.0.23.2', address)
    place.write('config/canaries/net', `example.org: "${address}"\n`)
    const { status, stdout, stderr } = await runInside(['validate', '-c', place.config])
    expect(status).toBe(2)
    expect(stdout + stderr).toContain('edges/net:2:1: error: clients cannot reach')
    expect(stdout + stderr).toMatch(/canaries\/net:1:14: error: /)
  }
})

test('an address given as a name server is an error', async () => {
  for (const text of ['192.0.2.1', '192.0.2.1.', '2001:db8::1', '::ffff:192.0.2.1']) {
    const dns = { ns_records: [text], soa_nameserver: text, soa_mailbox: text }
    place.settings({ dns })
    const { status, stdout, stderr } = await runInside(['validate', '-c', place.config])
    expect(status).toBe(2)
    for (const key of ['ns_records.0', 'soa_nameserver', 'soa_mailbox']) {
      expect(stdout + stderr).toMatch(new RegExp(`error: dns\\.${key}: '\\S+' is an address`))
    }
  }
})
