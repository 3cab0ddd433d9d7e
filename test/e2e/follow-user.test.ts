import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand, startCommand, type User } from '../helpers/command.ts'
import { toolOr } from '../helpers/debian.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

// `follow` as an ordinary user: where tests run as root, as `nobody`; otherwise as whoever runs them.

const isRoot = process.getuid?.() === 0
const nobody = 65_534
const user: User = isRoot ? { uid: nobody, gid: nobody } : {}
const addresses = ['127.0.52.1', '127.0.52.2']
let edges: Edges
let place: Workplace
let reload = ''
let log = ''

describe.skipIf(toolOr('named-checkzone') === null)('follow runs as an ordinary user (behaviour §12)', () => {
  beforeAll(async () => {
    edges = await startEdges(addresses)
    place = workplaceFor(edges, addresses)
    // What is published is there for everybody to read, as a bucket is.
    chmodSync(place.folder, 0o755)
    const at = ['-c', place.config, '--local', place.storage]
    const cycle = await runCommand(['manage', '--force', '-A', 'net', ...at])
    expect(cycle.status, cycle.stderr).toBe(0)
    // In the place of `rndc`: it says who asked for what.
    log = join(ownFolder('asked'), 'log')
    reload = join(place.folder, 'reload.sh')
    writeFileSync(reload, `#!/bin/sh\necho "$(id -u) $*" >> '${log}'\n`)
    chmodSync(reload, 0o755)
  })

  afterAll(async () => {
    place.remove()
    await edges.close()
  })

  /** A folder that belongs to the user. */
  function ownFolder(name: string): string {
    const folder = join(place.folder, name)
    mkdirSync(folder)
    if (user.uid !== undefined) chownSync(folder, user.uid, user.uid)
    return folder
  }

  const follow = (to: string, ...flags: string[]) => {
    const all = ['--to', to, '-A', 'net', '-c', place.config, '--local', place.storage, '--reload', reload]
    return startCommand(['follow', ...all, ...flags], {}, user).ended
  }

  test('in a folder of its own it places, checks and reloads, and a quiet pass does nothing', async () => {
    const to = ownFolder('served')
    const { status, stdout, stderr } = await follow(to, '--json')
    expect(status, stderr + stdout).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ status: 'ok' })
    const clauses = readFileSync(join(to, 'edgemanage.conf'), 'utf8')
    expect(clauses).toContain('zone "example.org"')
    const [, zone = ''] = /file "([^"]*example\.org[^"]*)"/.exec(clauses) ?? []
    for (const path of [zone, join(to, 'edgemanage.conf')]) {
      // The name server reads it, whoever that runs as.
      expect(statSync(path).mode & 0o444).toBe(0o444)
      expect(statSync(path).uid).toBe(user.uid ?? process.getuid?.())
    }
    const asked = readFileSync(log, 'utf8')
    expect(asked).toContain(`${user.uid ?? process.getuid?.()} reconfig`)
    expect((await follow(to)).status).toBe(0)
    expect(readFileSync(log, 'utf8')).toBe(asked)
  })

  test.each<[string, number | null]>([
    ['a folder that it may not write', 0o555],
    ['a folder that it may not make', null],
  ])('%s is told in plain words, with exit status 1', async (_what, mode) => {
    const outer = join(place.folder, `closed-${mode}`)
    mkdirSync(outer)
    chmodSync(outer, mode ?? 0o555)
    const to = mode === null ? join(outer, 'served') : outer
    const { status, stdout, stderr } = await follow(to)
    expect(status).toBe(1)
    expect(stdout + stderr).toContain(to)
    expect(stdout + stderr).toMatch(/permission denied|may not be written|cannot be written/i)
    expect(stdout + stderr).not.toMatch(/\n\s+at |node:internal/)
    expect(existsSync(join(outer, 'edgemanage.conf'))).toBe(false)
  })

  test('an `rndc` that it may not call is a failed pass that says so, and is made up for', async () => {
    const to = ownFolder('refused')
    chmodSync(reload, 0o644)
    const refused = await follow(to)
    expect(refused.status).toBe(1)
    expect(refused.stdout + refused.stderr).toContain('reload.sh')
    chmodSync(reload, 0o755)
    expect((await follow(to)).status).toBe(0)
  })
})
