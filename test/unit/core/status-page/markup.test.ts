import { describe, expect, test } from 'vitest'
import { renderPage, renderWidget } from '../../../../functions/core/status-page/markup.ts'
import { networkView } from '../../../../functions/core/status-page/page.ts'
import { factsOf, statusTemplates } from '../../../helpers/status.ts'

const templates = statusTemplates()
const view = networkView(factsOf(20, {}, 150))

describe('the page', () => {
  const html = renderPage(templates, [view], { refreshSeconds: null })

  test('is one document that asks nobody for anything', () => {
    expect(html).toMatch(/^<!doctype html>/)
    expect(html.match(/(src|href)="[^"]*"/g)).toEqual(['href="data:,"'])
    expect(html).not.toMatch(/@import|url\(/)
  })

  test('shows text from outside as text', () => {
    expect(html).toContain('disk &lt;script&gt;alert(1)&lt;/script&gt;')
    expect(html.match(/<script/g)).toHaveLength(1)
  })

  test('names several networks, and fetches itself anew where it is served', () => {
    const other = { ...view, name: 'other' }
    const both = renderPage(templates, [view, other], { refreshSeconds: 15 })
    expect(both).toContain('<title>mynet, other: edgemanage</title>')
    expect(both).toContain('data-refresh="15"')
    expect(both).toContain('data-network="other"')
  })

  test('holds 1,000 edges in less than 2 MB', () => {
    const large = renderPage(templates, [networkView(factsOf(1000))], { refreshSeconds: null })
    expect(large.match(/<tr data-r=/g)).toHaveLength(1000)
    expect(Buffer.byteLength(large)).toBeLessThan(2_000_000)
  })
})

describe('the widget', () => {
  const arns = {
    ownArn: 'arn:aws:lambda:x:1:function:edgemanage-mynet-status',
    dryRunArn: 'arn:aws:lambda:x:1:function:edgemanage-mynet-dry-run',
  }

  test('is a fragment without anything that the console strips', () => {
    const html = renderWidget(templates, view, { theme: 'dark', maxEdges: 100, ...arns })
    expect(html).not.toMatch(/<(script|iframe|use|html|head|body|link|meta)\b/i)
    expect(html).toContain('<div class="em dark cwdb-no-default-styles">')
    expect(html).toContain(`endpoint="${arns.dryRunArn}">{}</cwdb-action>`)
    expect(html).not.toContain('All edges')
  })

  test('shows as many edges as there is room for, and a button for all', () => {
    const html = renderWidget(templates, view, { theme: 'light', maxEdges: 5, ...arns })
    expect(html.match(/<tr data-r=/g)).toHaveLength(5)
    expect(html).toContain('15 more edges are not shown here.')
    expect(html).toContain(`endpoint="${arns.ownArn}">{"show": "all"}</cwdb-action>`)
  })

  test('has no buttons where it cannot know whom to call', () => {
    const html = renderWidget(templates, view, { theme: 'light', maxEdges: 5, ownArn: null, dryRunArn: null })
    expect(html).not.toContain('cwdb-action')
  })
})
