import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { renderCatalog } from '../../functions/core/following/catalog.ts'
import { renderClauses } from '../../functions/core/following/clauses.ts'
import { commandFile, endOf, root, runCommand } from '../helpers/command.ts'
import { freePort } from '../helpers/free-port.ts'
import { bindPrograms } from '../helpers/name-servers.ts'

const programs = bindPrograms()
const folder = mkdtempSync(join(tmpdir(), 'edgemanage-name-servers-'))
afterAll(() => rmSync(folder, { recursive: true }))

const page = readFileSync(join(root, 'functions/cli/NAME-SERVERS.md'), 'utf8')
const blocks = [...page.matchAll(/^```named\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text)

/** `npm start`; its edges have addresses and a port that other tests want too. */
async function start(storage: string): Promise<void> {
  const words = ['--import', 'tsx', 'infra/sample/start.ts', '--local', storage]
  for (const end = Date.now() + 60_000; ; await new Promise(resolve => setTimeout(resolve, 500))) {
    const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    const { status, stderr } = await endOf(child)
    if (status === 0) return
    if (Date.now() > end || !stderr.includes('is taken')) throw new Error(stderr)
  }
}

describe.skipIf(programs === null)('the page about name servers', () => {
  test('shows configurations that load', () => {
    expect(blocks).toHaveLength(3)
    const served = join(folder, 'served')
    mkdirSync(served)
    const clause = { zone: 'catalog.example', file: join(served, 'catalog.zone'), options: '' }
    writeFileSync(join(served, 'edgemanage.conf'), renderClauses([clause]))
    writeFileSync(clause.file, renderCatalog('catalog.example', ['example.org'], null, 0))
    for (const [at, block] of blocks.entries()) {
      const conf = join(folder, `block-${at}.conf`)
      const text = block.replaceAll('/var/cache/bind/edgemanage', served).replaceAll('/var/cache/bind', folder)
      writeFileSync(conf, text)
      expect(execFileSync(String(programs?.checkconf), ['-z', conf], { encoding: 'utf8' })).not.toMatch(/error|warning/)
    }
  })

  test('shows options that a configuration may have', async () => {
    const [, , options = ''] = /zone_options: (['"])(.*)\1/.exec(page) ?? []
    const { checkZoneOptions } = await import('../../functions/core/zone/zone-options.ts')
    expect([options === '', checkZoneOptions(options)]).toEqual([false, null])
  })

  test('has a newcomer see dig follow a rotation', { timeout: 180_000, retry: 0 }, async () => {
    const storage = join(folder, 'storage')
    await start(storage)
    const port = await freePort()
    const words = ['--import', 'tsx', 'infra/sample/name-server.ts', '--local', storage, '--port', String(port)]
    const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    const ended = endOf(child)
    const until = async (answers: readonly string[]) => {
      let found = ''
      for (const end = Date.now() + 40_000; Date.now() < end; await new Promise(resolve => setTimeout(resolve, 200))) {
        const flags = ['@127.0.0.1', '-p', String(port), '+short', '+time=1', '+tries=1', 'example.org', 'A']
        found = spawnSync(String(programs?.dig), flags, { encoding: 'utf8' })
          .stdout.split('\n')
          .filter(Boolean)
          .sort()
          .join()
        if (found === answers.join()) return
      }
      throw new Error(`dig says ${found}, not ${answers}`)
    }
    try {
      await until(['127.0.1.1', '127.0.1.2', '127.0.1.6'])
      const conf = ['conf', '127.0.1.1', '-m', 'unavailable', '-C', 'trying it', '--local', storage, '-A', 'sample']
      expect((await runCommand(conf)).status).toBe(0)
      await start(storage)
      await until(['127.0.1.2', '127.0.1.3', '127.0.1.6'])
    } finally {
      child.kill('SIGTERM')
    }
    expect((await ended).status).toBe(0)
  })
})

test.skipIf(programs === null)('what a unit runs is a command that follow takes', async () => {
  const bucket = join(folder, 'unit/bucket')
  mkdirSync(bucket, { recursive: true })
  const to = join(folder, 'unit/served')
  const flags = [
    '--to',
    to,
    '--local',
    join(folder, 'unit'),
    '-A',
    'net',
    '--reload',
    'rndc -k /x',
    '--catalog',
    'c.example',
  ]
  const { stdout } = await runCommand(['service', 'follow', '--timer', ...flags])
  const [, line = ''] = /^ExecStart=(.*)$/m.exec(stdout) ?? []
  expect(line).toContain(commandFile)
  const { status, stderr } = spawnSync('/bin/sh', ['-c', line], { encoding: 'utf8' })
  // It works, and finds no manifest.
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('network net stays as it was') })
  const s3 = await runCommand(['service', 'follow', '--bucket', 'my-bucket', '--region', 'eu-west-1', '--to', to])
  expect(s3.stdout).toContain('Environment=BUCKET_NAME=my-bucket AWS_REGION=eu-west-1\n')
  expect(s3.stdout).not.toMatch(/--local|--stack/)
  expect((await runCommand(['service', 'follow', '--reload', 'a"b'])).status).toBe(2)
})
