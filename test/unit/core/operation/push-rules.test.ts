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

  test("so does asking Route 53's name servers, where something is pushed there", () => {
    const of = (asks: boolean, enabled = true) =>
      network('abc', { edge_count: 2, route53: { ...route53, enabled }, served: { ...base.served, route53: asks } })
    expect(obstaclesBetween(of(false), of(true)).deploy).toEqual([expect.stringContaining('served.route53')])
    expect(obstaclesBetween(of(true), of(false)).deploy).toEqual([])
    expect(obstaclesBetween(of(false, false), of(true, false)).deploy).toEqual([])
  })

  test('the same vantage points in another order need none', () => {
    const of = (vantages: string[]) => network('abc', { edge_count: 2, vantages })
    const [a, b] = ['eu-west-1', 'us-west-2']
    expect(obstaclesBetween(of([a, b]), of([b, a])).deploy).toEqual([])
    expect(obstaclesBetween(of([a]), of([b])).deploy).toEqual(['net: vantages change from eu-west-1 to us-west-2'])
  })

  test('so does a rotate label of a network that pushes to Route 53', () => {
    const of = (rotate_zones: string[]) =>
      network('abc', { edge_count: 2, route53, dns: { ...base.dns, rotate_zones } })
    expect(obstaclesBetween(of(['www', 'm']), of(['www'])).deploy).toEqual([])
    expect(obstaclesBetween(of(['www']), of(['www', 'm'])).deploy).toEqual([expect.stringContaining('adds m')])
  })

  test('a deploy is needed for what differs from the deployed form, --yes for what differs from what is in force', () => {
    const [large, small] = ['abcdefgh', 'ab'].map(edges => network(edges, { edge_count: 1 }))
    if (large === undefined || small === undefined) throw new Error('two networks')
    const many = { ...large, edges: Array.from({ length: 201 }, (_, at) => ({ name: `e${at}`, address: null })) }
    expect(obstaclesBetween(small, many, many).deploy).toEqual([])
    expect(obstaclesBetween(many, small, many)).toMatchObject({
      deploy: [],
      yes: [expect.stringContaining('201 of 201')],
    })
  })

  test('alarms keep the rules that they were deployed with until the next deploy', () => {
    const stays = (was: Partial<Settings>, is: Partial<Settings>) =>
      obstaclesBetween(network('abc', { edge_count: 2, ...was }), network('abc', { edge_count: 2, ...is })).stays
    expect(stays({}, { edge_count: 1, down_after: 2 })).toEqual([])
    expect(stays({ goodenough: 0.5 }, { goodenough: 1 })).toEqual([
      'net: the alarm slow keeps its threshold of 1.5, not 3, until the next deploy',
    ])
    expect(stays({}, { brake: 2 })).toEqual(['net: the alarm braked is missing until the next deploy'])
    expect(stays({ brake: 2 }, {})).toEqual([
      'net: the alarm braked stays, though nothing sets it off any more, until the next deploy',
    ])
    const slower = stays({ dnschange_maxfreq: 10 }, { dnschange_maxfreq: 1, dnschange_window: 600 })
    expect(slower.join()).toMatch(/the alarm rotations keeps counting over \d+ s, not \d+ s, until the next deploy/)
    expect(stays({}, { goodenough: 1, run_frequency: 120 })).toEqual([])
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
