import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { historyOf } from '../../functions/core/history/history.ts'
import { noCircumstances } from '../../functions/core/history/run.ts'
import { renderPage } from '../../functions/core/status-page/markup.ts'
import { networkView } from '../../functions/core/status-page/page.ts'
import { type Browser, type Look, startBrowser } from '../helpers/browser.ts'
import { toolOr } from '../helpers/debian.ts'
import { factsOf, statusTemplates } from '../helpers/status.ts'

// The status page as people see it: in Debian's Chromium.

const chromium = toolOr('chromium')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const templates = statusTemplates()
const pageOf = (edges: number) =>
  renderPage(templates, [networkView(factsOf(edges, {}, 150))], { refreshSeconds: null })

describe.runIf(chromium !== null)('the status page in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser(String(chromium))
  })
  afterAll(() => browser.close())

  const show = async (edges: number, look?: Look) => {
    const opened = await browser.open(look)
    await opened.page.setContent(pageOf(edges))
    return opened
  }
  const shownEdges = (page: Awaited<ReturnType<typeof show>>['page']) =>
    page.locator('.edges tbody tr:visible b').allTextContents()

  test.each([0, 1, 20, 1000])('renders %d edges, complains of nothing and asks nobody', async edges => {
    const { page, troubles } = await show(edges)
    expect(await shownEdges(page)).toHaveLength(edges)
    expect(await page.locator('h1').textContent()).toBe('mynet')
    expect(troubles).toEqual([])
  })

  test('a comment with markup shows as text', async () => {
    const { page } = await show(20)
    expect(await page.locator('small.order').textContent()).toContain('disk <script>alert(1)</script>')
  })

  test('filters by keyboard', async () => {
    const { page } = await show(20)
    await page.keyboard.press('Tab')
    await page.keyboard.type('fail out')
    const rows = await page.locator('.edges tbody tr:visible').allTextContents()
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every(row => row.includes('fail') && row.includes('out'))).toBe(true)
    expect(await page.locator('output').textContent()).toBe(`${rows.length} of 20`)
  })

  test('sorts by keyboard, one way and the other, and says so', async () => {
    const { page } = await show(20)
    for (let tabs = 0; tabs < 3; tabs++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const names = await shownEdges(page)
    expect(names).toEqual([...names].sort())
    expect(await page.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('ascending')
    await page.keyboard.press('Enter')
    expect(await shownEdges(page)).toEqual([...names].reverse())
    expect(await page.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('descending')
  })

  test('sorts numbers as numbers', async () => {
    const { page } = await show(20)
    await page.getByRole('button', { name: 'Average, s' }).click()
    const averages = (await page.locator('td[data-h=average]').allTextContents()).map(Number)
    expect(averages).toEqual([...averages].sort((a, b) => a - b))
  })

  test('shows everything with scripts off, without what needs them', async () => {
    const { page } = await show(20, { scripts: false })
    expect(await shownEdges(page)).toHaveLength(20)
    expect(await page.locator('.filter').isVisible()).toBe(false)
  })

  test.each<[string, Look]>([
    ['light', {}],
    ['dark', { scheme: 'dark' }],
    ['a phone', { width: 390 }],
  ])('contrast, roles and names are right: %s', async (_name, look) => {
    const { page } = await show(20, look)
    await page.evaluate(axe)
    const violations = await page.evaluate(
      'axe.run().then(({ violations }) => violations.map(one => [one.id, one.nodes.map(node => node.html)]))',
    )
    expect(violations).toEqual([])
  })

  test.each<[string, Look]>([
    ['light', {}],
    ['dark', { scheme: 'dark' }],
    ['a phone', { width: 390 }],
  ])('says who sees what of a disputed edge: %s', async (_name, look) => {
    const { page, troubles } = await browser.open(look)
    const facts = factsOf(4, {}, 10)
    const { runs } = facts.stored.history
    const votes = [
      { region: 'eu-west-1', outcome: 'ok' as const },
      { region: 'us-west-2', outcome: 'timeout' as const },
    ]
    const edge = String(facts.network.edges[3]?.name)
    const verdicts = new Map([[edge, { verdict: 'disputed' as const, votes }]])
    const disputed = runs.map(run => ({ ...run, circumstances: { ...noCircumstances, verdicts } }))
    const network = {
      ...facts.network,
      settings: { ...facts.network.settings, down_after: 1, vantages: ['eu-west-1', 'us-west-2'] },
    }
    const stored = { ...facts.stored, history: historyOf(disputed, 10) }
    await page.setContent(renderPage(templates, [networkView({ ...facts, network, stored })], { refreshSeconds: null }))
    const cells = await page.locator('table.sight tbody tr').first().locator('td').allTextContents()
    expect(cells).toEqual([edge, 'disputed: it stays', expect.stringMatching(/_|refused|timeout/), 'ok', 'timeout'])
    expect(await page.locator('.notices').textContent()).toContain(
      `Disputed: ${edge} fails here, but answers from other regions.`,
    )
    await page.evaluate(axe)
    expect(await page.evaluate('axe.run().then(({ violations }) => violations.map(one => one.id))')).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(look.width ?? 1280)
    expect(troubles).toEqual([])
  })

  test.each([390, 760, 1280])('nothing is wider than a screen of %d pixels', async width => {
    const { page } = await show(20, { width })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  })
})
