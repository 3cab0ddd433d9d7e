import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import { sampleRoles, startSampleEdges } from '../../infra/sample/sample-edges.ts'
import { endOf, root } from '../helpers/command.ts'

const storage = mkdtempSync(join(tmpdir(), 'edgemanage-'))
afterAll(() => rmSync(storage, { recursive: true }))

/** What `npm start` runs, on storage of the test's own. */
function start(...args: string[]) {
  const words = ['--import', 'tsx', 'infra/sample/start.ts', '--local', storage, ...args]
  return spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
}

describe('npm start', () => {
  test('runs one cycle over the sample network and ends', async () => {
    const { status, stdout } = await endOf(start('--json'))
    expect(status).toBe(0)
    const report: Report = JSON.parse(stdout)
    expect(report).toMatchObject({ status: 'ok', network: 'sample', live: ['127.0.1.1', '127.0.1.2', '127.0.1.6'] })
    expect(report.edges.map(({ outcome, judgement }) => `${outcome} ${judgement}`)).toEqual([
      'ok pass_threshold',
      'ok pass_threshold',
      'ok pass',
      'bad_status fail',
      'verify_failed fail',
      'ok pass_threshold',
    ])
    expect(report.canaries).toMatchObject([{ zone: 'example.net', used: true }])
    const zone = readFileSync(join(storage, 'bucket/zones/sample/example.net.zone'), 'utf8')
    expect(zone).toContain('@ 300 IN A 127.0.1.101\n')
    expect(readFileSync(join(storage, 'status.html'), 'utf8')).toContain('All 3 live edges pass.')
  })

  test('goes on with --every, until it is stopped', async () => {
    const child = start('--every', '1', '--json')
    const ended = endOf(child)
    child.stdout.once('data', () => child.kill('SIGTERM'))
    const { status, stdout, stderr } = await ended
    expect(status).toBe(0)
    expect(stdout).toContain('"status":"ok"')
    expect(stderr).toContain('stopping after the cycle under way')
  })
})

describe('the sample edges', () => {
  test('say which port is taken, and leave none behind', async () => {
    const taken = createServer()
    const last = String(sampleRoles.at(-1)?.address)
    await new Promise<void>(resolve => taken.listen(0, last, resolve))
    const address = taken.address()
    const port = typeof address === 'object' ? Number(address?.port) : 0
    await expect(startSampleEdges(port, Buffer.from('x'))).rejects.toThrow(`port ${port} of ${last} is taken`)
    await new Promise(resolve => taken.close(resolve))
    const edges = await startSampleEdges(port, Buffer.from('x'))
    await edges.close()
  })
})
