import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { renderReplay } from '../../../../functions/core/replay/page.ts'
import { replay } from '../../../../functions/core/replay/replay.ts'
import { network } from '../../../helpers/core.ts'
import { recordedOf, replayInput } from '../../../helpers/recorded.ts'

const read = (path: string) => readFileSync(new URL(`../../../../templates/${path}`, import.meta.url), 'utf8')
const templates = { page: read('replay.hbs'), style: read('status/style.hbs') }
const net = network('abc', {}, { name: 'my<net>' })
const input = replayInput(
  net,
  recordedOf(net, { probes: { a: '.x'.repeat(30), b: '.'.repeat(60), c: 'x.'.repeat(30) } }),
  'edge_count=1,2',
)

test('a page that holds everything, and escapes it', () => {
  const page = renderReplay(templates, replay(input))
  expect(page).toContain('<h1>my&lt;net&gt;, replayed</h1>')
  expect(page).toContain('Unchanged settings give exactly')
  expect(page).toContain('edge_count&#x3D;1')
  expect(page).toContain('★ on the Pareto front')
  expect(page).toContain('current settings')
  expect(page).toMatch(/\d+ more times later\./)
  expect(page.match(/<details/g)).toHaveLength(3)
  expect(page).not.toMatch(/(src|href)="(?!data:)/)
})

test('a single policy, one that parts nowhere, doubts, and no cycle at all', () => {
  const alone = { ...input, alternatives: input.alternatives.slice(1) }
  const page = renderReplay(templates, replay(alone))
  expect(page).not.toContain('Pareto')
  expect(page).toContain('The live sets are those that were recorded.')
  const doubtful = { ...alone, runs: input.runs.map(run => ({ ...run, circumstances: null })) }
  expect(renderReplay(templates, replay(doubtful))).toContain('class="headline fair"')
  const blip = recordedOf(net, { probes: { a: '..x..', b: '.....', c: '.....' } })
  const parted = renderReplay(templates, replay(replayInput(net, blip, 'down_after=2')))
  expect(parted).toMatch(/\+ <b>a<\/b> live: .*− <b>c<\/b> not live: /s)
  const dead = recordedOf(net, { probes: { a: 'xx', b: 'xx', c: 'xx' } })
  expect(renderReplay(templates, replay(replayInput(net, dead)))).toContain('<td class="n" data-v="0">–</td>')
  const empty = renderReplay(templates, replay({ ...input, runs: [] }))
  expect(empty).toContain('No cycle is recorded in that time.')
  expect(empty).not.toContain('<details')
})
