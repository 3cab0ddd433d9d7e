import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalog } from '../../infra/catalog.ts'
import { noticesFile } from '../../infra/licence-notices.ts'
import { bundleCatalog } from '../../infra/system.ts'
import { configurationFolder } from '../helpers/configuration.ts'
import { bundledOnce, type Synthesized, synthesize } from '../helpers/template.ts'

const overrides = { networks: { alpha: { workers: 100 }, beta: { workers: 200 } } }
const folder = configurationFolder(['alpha', 'beta'], overrides)
const stacks: Synthesized[] = []

async function synthesized(): Promise<Synthesized> {
  const stack = await synthesize(folder.path, {}, await bundledOnce())
  stacks.push(stack)
  return stack
}

function filesOf(path: string): string[] {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' })
  return names.filter(name => statSync(join(path, name)).isFile()).sort()
}

/** The hash of each function's asset, by the function's name. */
function hashes(stack: Synthesized): Record<string, string> {
  const functions = stack.ofType('AWS::Lambda::Function')
  return Object.fromEntries(
    functions.map(([, { Properties }]) => [Properties.FunctionName, (Properties.Code as { S3Key: string }).S3Key]),
  )
}

let before: Synthesized

beforeAll(async () => {
  folder.write('canaries/alpha', 'alpha.example: 192.0.2.9\n')
  folder.write('objects/other', 'not used\n')
  before = await synthesized()
})

afterAll(() => {
  for (const stack of stacks) stack.remove()
  folder.remove()
})

describe('an asset', () => {
  test('has the configuration of its network, and nothing of any other', () => {
    const { folder: asset } = before.functionNamed('edgemanage-alpha-manage')
    expect(filesOf(join(asset, 'config'))).toEqual([
      'canaries/alpha',
      'edgemanage.yaml',
      'edges/alpha',
      'objects/object',
      // The names of other networks' zones, and no more of them.
      'zones/.elsewhere.json',
      'zones/alpha/alpha.example.zone',
    ])
    const settings = readFileSync(join(asset, 'config/edgemanage.yaml'), 'utf8')
    expect(settings).toContain('workers: 100')
    expect(settings).not.toContain('beta')
  })

  test('has the templates, its handler, and only modules that the handler reaches', () => {
    const { folder: asset } = before.functionNamed('edgemanage-alpha-dry-run')
    const files = filesOf(asset)
    expect(files).toContain('templates/zone.hbs')
    expect(files).toContain('dry-run.mjs')
    expect(files).not.toContain('manage.mjs')
    for (const file of files.filter(name => name.endsWith('.mjs'))) expect(files).toContain(`${file}.map`)
  })

  test.each(catalog)('$name: has the licences of all that it is made of, and no script loads them', ({ name }) => {
    const { folder: asset } = before.functionNamed(`edgemanage-alpha-${name}`)
    const notices = readFileSync(join(asset, noticesFile), 'utf8')
    for (const part of ['handlebars 4', 'yaml 2', 'zod 4', '@aws-sdk/client-dynamodb 3', 'ipaddr.js 2']) {
      expect(notices).toContain(`\n${part}`)
    }
    expect(notices).toContain('Permission is hereby granted, free of charge')
    expect(notices).toContain('Apache License')
    for (const file of filesOf(asset).filter(one => one.endsWith('.mjs'))) {
      expect(readFileSync(join(asset, file), 'utf8')).not.toContain(noticesFile)
    }
  })

  test.each(catalog)('$name: at most 1.28 MB of JavaScript, what is loaded only when needed included', ({ name }) => {
    const { folder: asset } = before.functionNamed(`edgemanage-alpha-${name}`)
    const scripts = filesOf(asset).filter(file => file.endsWith('.mjs'))
    const bytes = scripts.reduce((sum, file) => sum + statSync(join(asset, file)).size, 0)
    expect(bytes).toBeLessThanOrEqual(1_280_000)
  })
})

describe('the content is the hash', () => {
  test('the same configuration and the same source give the same assets', async () => {
    expect(hashes(await synthesized())).toEqual(hashes(before))
    const [one, other] = [await bundleCatalog(), await bundleCatalog()]
    expect(one.needs).toEqual(other.needs)
    const texts = ({ files }: typeof one) => [...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString()])
    expect(Object.fromEntries(texts(one))).toEqual(Object.fromEntries(texts(other)))
  })

  test('a change in the edges of one network changes its functions and no others', async () => {
    folder.write('edges/beta', 'edge1.beta.example\nedge4.beta.example\n')
    const [was, is] = [hashes(before), hashes(await synthesized())]
    const changed = Object.keys(is).filter(name => is[name] !== was[name])
    expect(changed.sort()).toEqual(catalog.map(({ name }) => `edgemanage-beta-${name}`).sort())
  })
})
