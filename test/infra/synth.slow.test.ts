import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfiguration } from '../../infra/configuration.ts'
import { cdk, run } from '../helpers/cdk.ts'
import { root } from '../helpers/command.ts'
import { type ConfigurationFolder, configurationFolder } from '../helpers/configuration.ts'

const work = mkdtempSync(join(tmpdir(), 'edgemanage-cdk-'))
const folders: ConfigurationFolder[] = []

function folderOf(...of: Parameters<typeof configurationFolder>): ConfigurationFolder {
  const folder = configurationFolder(...of)
  folders.push(folder)
  return folder
}

afterAll(() => {
  rmSync(work, { recursive: true, force: true })
  for (const folder of folders) folder.remove()
})

describe('cdk synth', () => {
  test('fails for a bad configuration with every problem, as `edgemanage validate` tells them', async () => {
    const folder = folderOf(['alpha'], { goodenough: 'soon' })
    folder.write('edges/alpha', 'edge1.example\nedge1.example\n')
    const ended = await run(cdk, 'synth', '--quiet', '--output', join(work, 'bad'), '-c', `configDir=${folder.path}`)
    const validated = await run(process.execPath, join(root, 'dist/edgemanage.js'), 'validate', '-c', folder.path)
    const problems = (text: string) => text.split('\n').filter(line => line.includes(': error: '))
    expect(ended.code).not.toBe(0)
    expect(problems(ended.err).length).toBeGreaterThanOrEqual(2)
    expect(problems(ended.err)).toEqual(problems(validated.out + validated.err))
    expect(existsSync(join(work, 'bad', 'edgemanage.template.json'))).toBe(false)
  })

  test('takes the sample configuration as it stands', async () => {
    const ended = await run(process.execPath, '--import', 'tsx', 'infra/app.ts')
    expect(ended).toMatchObject({ code: 0 })
    expect(ended.err).not.toContain(': error: ')
    expect(ended.err).toMatch(/^sample: projected cost US\$ \d\.\d\d a month while all is healthy \(.*\)$/m)
  })
})

describe('the configuration', () => {
  test('edges that a function does not reach are warnings with their place', () => {
    const folder = folderOf(['alpha'])
    folder.write('edges/alpha', '# edges\nedge1.example\n  127.0.0.7 # here\n2001:DB8::7\nlocalhost\n')
    folder.write('canaries/alpha', 'alpha.example: "2001:db8::8"\n')
    const { warnings } = readConfiguration(folder.path)
    const ours = warnings.filter(warning => /itself|dual-stack/.test(warning))
    expect(ours).toEqual([
      'edges/alpha:3:3: warning: 127.0.0.7: a loopback address is the function itself, not an edge',
      'edges/alpha:4:1: warning: 2001:db8::7: an IPv6 address is out of reach for a function outside a dual-stack VPC',
      'edges/alpha:5:1: warning: localhost: a loopback address is the function itself, not an edge',
      'canaries/alpha:1:17: warning: 2001:db8::8: an IPv6 address is out of reach for a function outside a dual-stack VPC',
    ])
  })

  test('a path outside of the folder is an error', () => {
    const testobject = { host: 'site.example', uri: '/object', local: '/etc/hostname' }
    expect(() => readConfiguration(folderOf(['alpha'], { testobject }).path)).toThrow(/edgemanage\.yaml:4:10: error: /)
  })

  test('a folder without a network is an error', () => {
    expect(() => readConfiguration(folderOf([]).path)).toThrow(/no network/)
  })
})
