import { describe, expect, test } from 'vitest'
import type { Settings } from '../../../../functions/core/config/settings.ts'
import { obstaclesBetween } from '../../../../functions/core/operation/push-rules.ts'
import { configurationOutput } from '../../../../functions/core/operation/stack-names.ts'
import { network } from '../../../helpers/core.ts'
import { settingsOf } from '../../../helpers/world.ts'

const base = settingsOf({ edge_count: 2 })
const zone = { name: 'a.example', file: '', include: '', errors: [], publishable: true }
const route53 = { ...base.route53, enabled: true }

describe('what stands in the way of a push (behaviour §11.3)', () => {
  test.each<[string, Partial<Settings>]>([
    ['run_frequency', { run_frequency: 120 }],
    ['alarms', { alarms: { email: 'a@b.example', slow_seconds: null } }],
    ['vantages', { vantages: ['eu-west-1'] } as Partial<Settings>],
    ['route53.enabled', { route53 }],
    ['route53.zones', { route53: { ...base.route53, zones: { 'a.example': 'Z1' } } }],
    ['events.enabled', { events: { enabled: false } }],
    ['metrics', { metrics: { per_edge: true } }],
  ])('%s takes a deploy', (key, changes) => {
    const { deploy, yes } = obstaclesBetween(
      network('abc', { edge_count: 2 }),
      network('abc', { edge_count: 2, ...changes }),
    )
    expect(deploy).toEqual([expect.stringContaining(key)])
    expect(yes).toEqual([])
  })

  test('so do new zones of a network that pushes to Route 53, and a size that needs other memory', () => {
    const pushing = (zones: (typeof zone)[]) => network('abc', { edge_count: 2, route53 }, { zones })
    expect(obstaclesBetween(pushing([zone]), pushing([zone])).deploy).toEqual([])
    expect(obstaclesBetween(pushing([]), pushing([zone])).deploy).toEqual([expect.stringContaining('a.example')])
    const many = Array.from({ length: 201 }, (_, at) => ({ name: `e${at}`, address: null }))
    const large = network('abc', { edge_count: 2 }, { edges: many })
    expect(obstaclesBetween(network('abc', { edge_count: 2 }), large).deploy).toEqual([
      expect.stringContaining('512 MB'),
    ])
    expect(obstaclesBetween(large, large).deploy).toEqual([])
  })

  test('most edges gone, or fewer than edge_count left, take --yes', () => {
    const yes = (before: string, after: string, edge_count = 1) =>
      obstaclesBetween(network(before, { edge_count }), network(after, { edge_count })).yes
    expect(yes('abcd', 'ab')).toEqual([])
    expect(yes('abcd', 'axyz')).toEqual(['net: 3 of 4 edges would be taken out'])
    expect(yes('abcd', 'abc', 4)).toEqual([expect.stringContaining('fewer than edge_count (4)')])
  })

  test("the stack's outputs have names of letters and digits", () => {
    expect(configurationOutput('my-net_1')).toBe('ConfigurationmyDnetU1')
  })
})
