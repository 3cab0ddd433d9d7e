import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pushConfiguration, rollbackConfiguration } from '../../functions/library/library.ts'
import { type Cloud, startCloud } from '../helpers/cloud.ts'
import { startCommand } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

const addresses = ['127.0.0.21', '127.0.0.22', '127.0.0.23']

let edges: Edges
let place: Workplace
beforeAll(async () => {
  edges = await startEdges(addresses)
  place = workplaceFor(edges, addresses)
  place.write('config/edges/other', `${addresses[0]}\n`)
  await run('manage', '-A', 'net', '--force')
})
afterAll(async () => {
  await edges.close()
  place.remove()
})

const flags = () => ['-c', place.config, '--local', place.storage]
const run = (command: string, ...more: string[]) => runInside([command, ...flags(), ...more])

/** The status of an answer to a browser that takes this address for another name's. */
function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { Host: host } }, answer => resolve(answer.resume().statusCode)).on('error', reject)
  })
}

describe('edgemanage status', () => {
  test('shows a table for a person', async () => {
    const { status, stdout } = await run('status', '-A', 'net')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^net: All 2 live edges pass\.\nlive: 2 of 2, unchanged for: \d+ s,/)
    expect(stdout).toMatch(/^in {5}127\.0\.0\.2\d {2}pass_threshold/m)
  })

  test('shows every network where none is named, one that never ran too; one line each as JSON', async () => {
    const { stdout } = await run('status', '--json')
    const rows = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(rows.map(({ name, headline }) => [name, headline.text])).toEqual([
      ['net', 'All 2 live edges pass.'],
      ['other', 'No cycle has been recorded yet.'],
    ])
    expect(rows[0].edges[0]).toMatchObject({ judgement: 'pass_threshold', isLive: true })
    expect(stdout).not.toContain('<svg')
  })

  test('writes the page as one file', async () => {
    const file = join(place.folder, 'status.html')
    const { status, stdout } = await run('status', '--html', file)
    expect([status, stdout]).toEqual([0, ''])
    const html = readFileSync(file, 'utf8')
    expect(html).toContain('data-network="net"')
    expect(html).toContain('data-network="other"')
    expect(html).not.toContain('data-refresh')
  })

  test('the page says what is in force, and who pushed and rolled back in the last day', async () => {
    const at = { config: place.config, local: place.storage, network: 'net' }
    place.settings({ down_after: 2 })
    const pushed = await pushConfiguration(at, { by: 'ann', comment: 'slower to <fail>' })
    await run('manage', '-A', 'net', '--force')
    const back = await rollbackConfiguration(at, { by: 'bob', comment: 'no' })
    await run('manage', '-A', 'net', '--force')
    const file = join(place.folder, 'log.html')
    expect((await run('status', '-A', 'net', '--html', file)).status).toBe(0)
    const short = (hash: string | undefined) => String(hash).slice(0, 12)
    const lines = [
      `rolled back to configuration ${short(back.hash)}, by bob: &quot;no&quot;`,
      `configuration ${short(pushed.networks[0]?.hash)} was pushed, by ann: &quot;slower to &lt;fail&gt;&quot;`,
    ]
    const html = readFileSync(file, 'utf8')
    const places = lines.map(line => html.indexOf(line))
    expect(places.filter(at => at < 0)).toEqual([])
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(html).toMatch(new RegExp(`${short(back.hash)} since .* by bob`))
  })

  test('serves the page on loopback, fresh each time, to nobody else, until stopped', async () => {
    const served = startCommand(['status', ...flags(), '-A', 'net', '--serve', '0'])
    await served.printed('http://127.0.0.1:')
    const url = served.stdout().trim()
    const page = await fetch(url)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await page.text()).toContain('data-refresh="15"')
    expect((await fetch(`${url}other`)).status).toBe(404)
    expect((await fetch(url, { method: 'POST' })).status).toBe(405)
    expect(await statusFor(url, 'rebound.example')).toBe(403)
    served.child.kill('SIGTERM')
    expect((await served.ended).status).toBe(0)
  })

  test.each([
    [['--html', 'x', '--serve', '0'], '--html and --serve cannot be used together'],
    [['--serve', '99999'], 'It takes a port'],
    [['-A', 'nobody'], 'there is no network nobody'],
  ])('%j is wrong usage', async (more, words) => {
    const { status, stderr } = await run('status', ...more)
    expect(status).toBe(2)
    expect(stderr).toContain(words)
  })
})

describe('the status function of a stack', () => {
  let cloud: Cloud
  beforeAll(async () => {
    cloud = await startCloud(place.config)
  })
  afterAll(() => cloud.close())

  const context = {
    theme: 'dark',
    width: 600,
    height: 500,
    timeRange: { start: Date.now() - 3_600_000, end: Date.now() },
  }

  test('draws the widget of a dashboard with reads alone, and tells what it is', async () => {
    const manage = await cloud.start('edgemanage-net-manage')
    await manage.invoke({})
    const status = await cloud.start('edgemanage-net-status')
    const { answer } = await status.invoke({ widgetContext: { ...context, dashboardName: 'edgemanage' } })
    expect(answer).toContain('<div class="em dark')
    expect(answer).toContain('All 2 live edges pass.')
    expect(answer).toContain('function:edgemanage-net-dry-run')
    expect(answer).toContain('dashboard’s range')
    expect(String(answer)).not.toContain('last 33 h')
    expect((await status.invoke({ describe: true })).answer).toMatch(
      /^### Status of net\n[\s\S]*``` yaml\nshow: some\n```/,
    )
    expect((await status.invoke({})).answer).toContain('last 33 h')
    expect((await status.invoke({ show: 'nonsense' })).error).toMatchObject({ errorType: 'InvalidInput' })
    expect(cloud.refused()).toEqual([])
    const asked = cloud.table.journal
      .filter(({ caller }) => caller === 'edgemanage-net-status')
      .map(({ action }) => action)
    expect(new Set(asked)).toEqual(new Set(['dynamodb:GetItem', 'dynamodb:Query']))
  })

  test('stands on top of the dashboard', () => {
    const { resource } = cloud.stack.only('AWS::CloudWatch::Dashboard')
    const body = JSON.stringify(resource.Properties)
    expect(body.indexOf('"type\\":\\"custom\\"')).toBeGreaterThan(0)
    expect(body.indexOf('"type\\":\\"custom\\"')).toBeLessThan(body.indexOf('"type\\":\\"alarm\\"'))
  })
})
