import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readReplayTemplates } from '../../functions/adapters/files/replay-templates.ts'
import { renderReplay } from '../../functions/core/replay/page.ts'
import { replay } from '../../functions/core/replay/replay.ts'
import { type Browser, type Look, startBrowser } from '../helpers/browser.ts'
import { toolOr } from '../helpers/debian.ts'
import { recordedOf, replayInput } from '../helpers/recorded.ts'
import { networkOf } from '../helpers/world.ts'

// A replay as people see it with --html: in Debian's Chromium.

const chromium = toolOr('chromium')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const names = ['edge1.example.org', 'edge2.example.org', 'edge3.example.org', 'edge4.example.org']
const network = networkOf(names, { edges: names.map((name, at) => ({ name, address: `192.0.2.${at + 1}` })) })
const letters = (...failing: number[]) =>
  Array.from({ length: 60 }, (_, at) => (failing.includes(at) ? 'x' : '.')).join('')
const recorded = recordedOf(network, {
  probes: {
    'edge1.example.org': letters(5, 30, 31, 32),
    'edge2.example.org': letters(15),
    'edge3.example.org': letters(20, 40),
    'edge4.example.org': letters(45, 46, 50),
  },
})
const page = renderReplay(
  readReplayTemplates(join(import.meta.dirname, '../../templates')),
  replay(replayInput(network, recorded, 'down_after=1,2,3', 'edge_count=1,2')),
)

describe.runIf(chromium !== null)('a replay in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser(String(chromium))
  })
  afterAll(() => browser.close())

  const show = async (look?: Look) => {
    const opened = await browser.open(look)
    await opened.page.setContent(page)
    return opened
  }

  test('shows a table, and a chart for each policy; complains of nothing and asks nobody', async () => {
    const { page: shown, troubles } = await show()
    expect(await shown.locator('.compare tbody tr').count()).toBe(7)
    expect(await shown.locator('details').count()).toBe(7)
    // How it was, and what would have helped most.
    expect(await shown.locator('details[open]').count()).toBe(2)
    expect(await shown.locator('details[open] .chart svg').first().isVisible()).toBe(true)
    expect(await shown.locator('.advice').textContent()).toContain('would have helped most')
    expect(troubles).toEqual([])
  })

  test('opens charts and sorts the table by keyboard', async () => {
    const { page: shown } = await show()
    const rotations = () => shown.locator('.compare tbody tr td:nth-child(2)').allTextContents()
    await shown.getByRole('button', { name: 'Rotations' }).focus()
    await shown.keyboard.press('Enter')
    const up = (await rotations()).map(Number)
    expect(up).toEqual([...up].sort((a, b) => a - b))
    await shown.keyboard.press('Enter')
    expect((await rotations()).map(Number)).toEqual([...up].sort((a, b) => b - a))
    expect(await shown.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('descending')
    const closed = shown.locator('details:not([open]) summary').first()
    await closed.focus()
    await shown.keyboard.press('Enter')
    expect(await shown.locator('details[open]').count()).toBe(3)
  })

  test('what got worse is bold', async () => {
    const { page: shown } = await show()
    expect(await shown.evaluate("getComputedStyle(document.querySelector('td.worse')).fontWeight")).toBe('700')
  })

  test('shows everything with scripts off', async () => {
    const { page: shown } = await show({ scripts: false })
    expect(await shown.locator('.compare tbody tr').count()).toBe(7)
  })

  test.each<[string, Look]>([
    ['light', {}],
    ['dark', { scheme: 'dark' }],
    ['a phone', { width: 390 }],
  ])('contrast, roles and names are right: %s', async (_name, look) => {
    const { page: shown } = await show(look)
    await shown.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    await shown.evaluate(axe)
    const violations = await shown.evaluate(
      'axe.run().then(({ violations }) => violations.map(one => [one.id, one.nodes.map(node => node.html)]))',
    )
    expect(violations).toEqual([])
  })

  test.each([390, 760, 1280])('nothing is wider than a screen of %d pixels', async width => {
    const { page: shown } = await show({ width })
    expect(await shown.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  })
})
