import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand, startCommand } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

const addresses = ['127.0.2.1', '127.0.2.2']
let edges: Edges
let place: Workplace

beforeAll(async () => {
  edges = await startEdges(addresses)
  place = workplaceFor(edges, addresses)
})

afterAll(async () => {
  await edges.close()
  place.remove()
})

test('--help', async () => {
  const { status, stdout, stderr } = await runCommand(['--help'])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatchInlineSnapshot(`
    "Usage: edgemanage [options] [command]

    Probes the edges of a network and publishes the healthy ones as DNS zones.

    Options:
      -V, --version                 output the version number
      -h, --help                    display help for command

    Commands:
      manage [options]              run a cycle: probe, decide, publish; without -A,
                                    of every network, side by side
      conf [options] <edge...>      order an edge: force, blindforce, unavailable;
                                    available ends the order
      freeze [options]              hold the live set of a network as it is
      thaw [options]                end a freeze
      config                        put configurations in force, without a deploy
      zones [options]               list the zones: serial, due, confirmed, orphaned
      status [options]              show a network at a glance: a table, or a page
                                    for the browser
      query [options]               list the edges and their state; without -A, the
                                    networks
      why [options] <edge>          explain the last decision about an edge, and
                                    what would change it
      history [options] <edge>      show what the probes of an edge found: a chart,
                                    or samples for programs
      rotations [options]           list the rotations and their reasons, newest
                                    first
      log [options]                 show what happened: rotations, orders, freezes,
                                    pushes, shortages, cycles that went wrong
      check                         check a network, for Nagios and compatible
                                    monitoring: one line with performance data
      metrics [options]             print the metrics of a network, or of all, in
                                    the Prometheus text format
      replay [options]              show what other settings would have made of the
                                    recorded cycles
      validate [options]            check a configuration folder
      schema [options]              print the JSON Schema of edgemanage.yaml, for
                                    editors
      follow [options]              keep the zones beside a name server as the
                                    bucket has them, and have changed ones reloaded
      import [options]              import the state of the original edgemanage:
                                    samples, averages, orders, live set, rotations
      migrate [options] <dir>       convert the configuration of the original
                                    edgemanage
      cost [options]                project what each network costs on AWS, in
                                    dollars a month
      init [options] <dir>          make a configuration folder that validates, from
                                    flags or from answers to questions
      service [options] [what]      print systemd units that run edgemanage as a
                                    user with few rights
      completion [options] <shell>  print the script that makes a shell complete
                                    commands and flags
      help [command]                display help for command

    Exit status: 0 success, 1 the work failed, 2 wrong usage or configuration.

    Examples:
      $ edgemanage init mysite
      $ edgemanage manage -c mysite --local state --dry-run
      $ edgemanage manage -c mysite --local state --every 60
    "
  `)
})

test('help is no error where nobody reads it', async () => {
  const running = startCommand(['--help'])
  running.child.stdout.destroy()
  expect(await running.ended).toMatchObject({ status: 0, stderr: '' })
})

test.each([
  ['conf', ['conf', '--help']],
  ['freeze', ['freeze', '--help']],
  ['thaw', ['thaw', '--help']],
])('%s --help', async (_name, args) => {
  const { status, stdout } = await runInside(args)
  expect(status).toBe(0)
  expect(stdout).toMatchSnapshot()
})

test('manage --help', async () => {
  const { stdout } = await runInside(['manage', '--help'])
  expect(stdout).toMatchInlineSnapshot(`
    "Usage: edgemanage manage [options]

    run a cycle: probe, decide, publish; without -A, of every network, side by side

    Options:
      -A, --dnet <network>  the network (or EDGEMANAGE_NETWORK); may be left out
                            where there is one
      -c, --config <dir>    the configuration folder (or EDGEMANAGE_CONFIG)
      --local <dir>         keep state and published files in this folder instead of
                            AWS (or EDGEMANAGE_LOCAL)
      --stack <name>        work on the table and the bucket of this CloudFormation
                            stack (or EDGEMANAGE_STACK)
      -n, --dry-run         show what would change, and write nothing
      --detailed-exitcode   with --dry-run: exit with 3 where something would change
      --force               run even if the last run started less than 30 seconds
                            ago
      --force-update        write every zone, changed or not
      --every <seconds>     start a cycle at this interval, until stopped; SIGHUP
                            asks for one now
      --max-seconds <n>     time limit of a run, 30 to 55 (default: 55)
      -q, --quiet           print only changes and problems
      -v, --verbose         show the phases of every probe, and every zone
      --json                print one report a line
      -h, --help            display help for command

    Examples:
      $ edgemanage manage --local state --dry-run
      $ edgemanage manage --local state --every 60 --quiet
      $ edgemanage manage -A mynet --stack edgemanage --dry-run --detailed-exitcode
    "
  `)
})

describe('wrong usage ends with 2 and says why', () => {
  test.each([
    [[], /^Usage: edgemanage/],
    [['mangae'], /unknown command 'mangae'\n\(Did you mean manage\?\)/],
    [['manage', '--frobnicate'], /unknown option '--frobnicate'/],
    [['manage', 'net'], /too many arguments for 'manage'/],
    [['manage', '-c', 'CONFIG'], /--local DIR.*--stack NAME/],
    [['manage', '-c', 'CONFIG', '--local', 'STORAGE', '--stack', 'x'], /--local and --stack cannot be used together/],
    [['manage', '-c', 'CONFIG', '--local', 'STORAGE', '--every', '29'], /--every under 30 needs --force/],
    [['manage', '-c', 'CONFIG', '--local', 'STORAGE', '--every', 'often'], /It takes whole seconds/],
    [['manage', '-c', 'CONFIG', '--local', 'STORAGE', '--max-seconds', '29'], /from 30 to 55/],
    [['manage', '-c', 'CONFIG', '--local', 'STORAGE', '-A', 'other'], /there is no network other; known: net/],
    [['zones', '-c', 'CONFIG'], /--local DIR/],
    [['zones', 'forget', '-c', 'CONFIG', '--local', 'STORAGE'], /missing required argument 'zone'/],
    [['zones', 'forget', 'example.org', '-c', 'CONFIG', '--local', 'CONFIG'], /still in the configuration/],
  ])('%j', async (args, expected) => {
    const words = args.map(arg => arg.replace('CONFIG', place.config).replace('STORAGE', place.storage))
    const { status, stdout, stderr } = await runCommand(words)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(expected)
  })
})

describe('the network', () => {
  test('must be named where there are several', async () => {
    place.write('config/edges/second', `${addresses.join('\n')}\n`)
    const { status, stderr } = await runInside(['why', '127.0.2.1', '-c', place.config, '--local', place.folder])
    rmSync(join(place.config, 'edges/second'))
    expect(status).toBe(2)
    expect(stderr).toMatch(/say which network with -A or EDGEMANAGE_NETWORK: net, second\n$/)
  })
})

describe('a folder that is no configuration', () => {
  test.each([
    ['is missing', 'nowhere'],
    ['is empty', 'empty'],
  ])('%s', async (_words, name) => {
    const folder = mkdtempSync(join(tmpdir(), 'edgemanage-'))
    const config = name === 'empty' ? folder : join(folder, name)
    const { status, stderr } = await runInside(['manage', '-c', config, '--local', join(folder, 'storage')])
    rmSync(folder, { recursive: true })
    expect(status).toBe(2)
    expect(stderr).toContain('edgemanage.yaml')
  })
})

describe('validate', () => {
  test('tells that a good folder has no problems', async () => {
    const { status, stdout, stderr } = await runInside(['validate', '-c', place.config])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toBe(`${place.config}: 1 network, 0 errors, 0 warnings\n`)
  })

  test('takes the folder from the environment', async () => {
    const { stdout } = await runInside(['validate'], { EDGEMANAGE_CONFIG: place.config })
    expect(stdout).toContain(place.config)
  })

  test('has no objection to the folder that comes with the package', async () => {
    const { status, stdout } = await runCommand(['validate'])
    expect(stdout).toContain('0 errors, 0 warnings')
    expect(status).toBe(0)
  })

  describe('on a bad folder', () => {
    let bad: Workplace

    beforeAll(() => {
      bad = workplaceFor(edges, addresses)
      bad.settings({ goodenough: 'soon', workrs: 1, lockfile: '/var/lock' })
      bad.write('config/edges/net', '127.0.2.1\n127.0.2.1\n')
    })

    afterAll(() => bad.remove())

    test('names every problem with file, line and column', async () => {
      const { status, stdout } = await runInside(['validate', '-c', bad.config])
      expect(status).toBe(2)
      const lines = stdout.trimEnd().split('\n')
      expect(lines.slice(0, -1).every(line => /^\S+:\d+:\d+: (error|warning): \S/.test(line))).toBe(true)
      for (const start of ['edgemanage.yaml:', 'edges/net:2:1: error:']) {
        expect(stdout).toContain(start)
      }
      for (const word of ['goodenough', 'workrs', 'lockfile']) expect(stdout).toContain(word)
      expect(lines.at(-1)).toMatch(/: \d networks?, [1-9] errors, 1 warning$/)
    })

    test('gives the same as JSON', async () => {
      const { status, stdout } = await runInside(['validate', '-c', bad.config, '--json'])
      const problems = stdout
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line))
      expect(status).toBe(2)
      expect(problems).toContainEqual(
        expect.objectContaining({ file: 'edges/net', line: 2, column: 1, severity: 'error' }),
      )
    })

    test('manage names the errors on standard error and touches nothing', async () => {
      const { status, stdout, stderr } = await runInside(['manage', '-c', bad.config, '--local', bad.storage, '--json'])
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(stderr).toMatch(/^edgemanage\.yaml:\d+:\d+: error: /m)
      expect(bad.published('zones/net/named.conf')).toBe(null)
    })
  })
})

test('a file in the place of a folder is a clear error', async () => {
  const file = join(place.folder, 'file')
  writeFileSync(file, '')
  const storage = join(file, 'storage')
  const { status, stdout, stderr } = await runInside(['manage', '-c', place.config, '--local', storage, '--json'])
  expect(status).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ network: 'net', status: 'failed', edges: [] })
  expect(stderr).toMatch(/^edgemanage: net: failed: the cycle failed: .*ENOTDIR.*\n$/)
})
