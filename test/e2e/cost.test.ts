import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../helpers/command.ts'
import { type ConfigurationFolder, configurationFolder } from '../helpers/configuration.ts'
import { runInside } from '../helpers/in-process.ts'

let folder: ConfigurationFolder

beforeAll(() => {
  folder = configurationFolder(['alpha', 'beta'], { networks: { beta: { testobject: { proto: 'http' } } } })
  folder.write('edges/alpha', Array.from({ length: 100 }, (_, n) => `192.0.2.${n + 1}\n`).join(''))
})

afterAll(() => folder.remove())

const cost = (...more: string[]) => runInside(['cost', '-c', folder.path, ...more])

describe('cost', () => {
  test('is a row for each network, with what it is made of and what would come to it', async () => {
    const { status, stdout, stderr } = await cost()
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const [titles, alpha, beta, ...rest] = stdout.split('\n')
    expect(titles).toMatch(/^NETWORK +EDGES +ALARMS +METRICS +LAMBDA +TABLE +BUCKET +SCHEDULER +LOGS +US\$\/MONTH$/)
    expect(alpha).toMatch(/^alpha +100 +0\.90 +0\.60 +0\.\d\d +0\.\d\d +0\.00\d\d +0\.04 +0\.02 +\d\.\d\d$/)
    expect(beta).toMatch(/^beta +3 +0\.90 +0\.60 /)
    expect(rest.join('\n')).toMatch(/List prices of \d{4}-\d\d-\d\d in us-east-1/)
    expect(rest.join('\n')).toMatch(
      /one edge that hangs all month +1\.\d\d\n.*all zones +\S+\n.*10,000 zones +0\.0\d\n.*dashboard.* 3\.00\n/,
    )
    expect(rest.join('\n')).toContain(`string matching: ${(103 * 4.75).toFixed(2)}\n`)
  })

  test('100 healthy edges cost at most two dollars, at most half a dollar of it not metrics and alarms', async () => {
    const { stdout } = await cost('-A', 'alpha', '--json')
    const { network, total, work, asOf, healthChecks } = JSON.parse(stdout)
    expect({ network, healthChecks, asOf }).toEqual({ network: 'alpha', healthChecks: 475, asOf: expect.any(String) })
    expect(total - work).toBeCloseTo(1.5, 9)
    expect(total).toBeLessThanOrEqual(2)
    expect(work).toBeLessThanOrEqual(0.5)
  })

  test('-v shows the units', async () => {
    const { stdout } = await cost('-v', '-A', 'beta')
    expect(stdout).toMatch(/^beta\n {2}alarms: 9\n {2}metrics: 2\n {2}lambda: 43,800 cycles, [\d,]+ GB-s\n/m)
  })

  test("asking Route 53's name servers has a line of its own", async () => {
    const asking = configurationFolder(['alpha'], {
      route53: { enabled: true },
      served: { route53: true },
    })
    const { stdout } = await runCommand(['cost', '-c', asking.path])
    asking.remove()
    expect(stdout).toMatch(/^ {2}asking Route 53's name servers {2}0\.\d\d$/m)
    expect((await cost()).stdout).not.toContain('asking Route 53')
  })

  test('an unknown network, or a faulty one, is wrong usage', async () => {
    const unknown = await cost('-A', 'gamma')
    expect(unknown).toMatchObject({ status: 2, stdout: '' })
    expect(unknown.stderr).toContain('there is no network gamma; known: alpha, beta')
    const faulty = configurationFolder(['alpha'], { goodenough: 'soon' })
    const ended = await runCommand(['cost', '-c', faulty.path])
    faulty.remove()
    expect(ended).toMatchObject({ status: 2, stdout: '' })
    expect(ended.stderr).toMatch(/^edgemanage\.yaml:\d+:\d+: error: goodenough/)
  })

  test('--help', async () => {
    const { stdout } = await runInside(['cost', '--help'])
    expect(stdout).toMatchInlineSnapshot(`
      "Usage: edgemanage cost [options]

      project what each network costs on AWS, in dollars a month

      Options:
        -A, --dnet <network>  only this network
        -c, --config <dir>    the configuration folder (or EDGEMANAGE_CONFIG)
        --local <dir>         of what is in force in this folder (or
                              EDGEMANAGE_LOCAL), not of the configuration folder
        --stack <name>        of what is in force in this stack (or EDGEMANAGE_STACK)
        -v, --verbose         show how each amount comes about
        --json                print one network a line
        -h, --help            display help for command

      Examples:
        $ edgemanage cost -c mysite
      "
    `)
  })
})
