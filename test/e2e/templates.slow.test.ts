import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root, runNode } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { treeHash, type Workplace, workplaceFor } from '../helpers/workplace.ts'

const addresses = ['127.0.37.1', '127.0.37.2']
/** A copy of the package, whose templates a test may break. */
let copy: string
let edges: Edges
let place: Workplace

beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'edgemanage-package-'))
  for (const part of ['dist', 'templates', 'package.json'])
    cpSync(join(root, part), join(copy, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  edges = await startEdges(addresses)
  place = workplaceFor(edges, addresses)
  await runInside(['manage', '-c', place.config, '--local', place.storage])
})

afterAll(async () => {
  rmSync(copy, { recursive: true })
  place.remove()
  await edges.close()
})

const run = (...args: string[]) => runNode([join(copy, 'dist/edgemanage.js'), ...args], copy)
const template = (name: string) => readFileSync(join(root, 'templates', name), 'utf8')
const marked = (name: string) => template(name).replace('{{#each', '<<<<<<< HEAD\n{{#each')

test.each([
  ['zone.hbs', 'a merge marker', marked('zone.hbs')],
  ['zone.hbs', 'no SOA', template('zone.hbs').replace(/.* SOA .*\n/, '')],
  ['zone.hbs', 'nothing in it', ''],
  ['zone.hbs', 'a byte order mark', `\ufeff${template('zone.hbs')}`],
  ['named.conf.hbs', 'a merge marker', marked('named.conf.hbs')],
  ['named.conf.hbs', 'nothing in it', ''],
  ['named.conf.hbs', 'a byte order mark', `\ufeff${template('named.conf.hbs')}`],
])(
  'templates/%s with %s is an error of the configuration: what is in force goes on, and nothing published is touched',
  async (name, _what, text) => {
    const bucket = join(place.storage, 'bucket')
    const before = treeHash(bucket)
    writeFileSync(join(copy, 'templates', name), text)
    try {
      const validated = await run('validate', '-c', place.config)
      expect(validated.status).not.toBe(0)
      expect(validated.stdout + validated.stderr).toMatch(new RegExp(`^templates/${name}:\\d+:1: error: `, 'm'))
      const managed = await run('manage', '-c', place.config, '--local', place.storage, '--force')
      expect(managed.status).toBe(0)
      expect(managed.stderr).toContain(`templates/${name}:`)
      expect(treeHash(bucket)).toBe(before)
      const never = await run('manage', '-c', place.config, '--local', join(copy, 'never'), '--force')
      expect(never.status).toBe(2)
      expect(never.stderr).toContain(`templates/${name}:`)
    } finally {
      writeFileSync(join(copy, 'templates', name), template(name))
    }
  },
)
