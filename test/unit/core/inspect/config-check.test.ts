import { describe, expect, test } from 'vitest'
import type { TakenUp } from '../../../../functions/core/config/pointer.ts'
import { checks, thresholdsOf } from '../../../../functions/core/inspect/checks.ts'
import { seen } from '../../../../functions/core/status-page/facts.ts'
import { figuresOf } from '../../../../functions/core/status-page/headline.ts'
import { noticesOf } from '../../../../functions/core/status-page/notices.ts'
import { network, now, stateBefore } from '../../../helpers/core.ts'

const net = network('abc')
const taken: TakenUp = { hash: 'a'.repeat(64), by: 'ann', at: now, comment: '', deployed: null, rejected: null }
const bad = { ...taken, rejected: { hash: 'b'.repeat(64), version: '1', isFinal: true, reasons: ['no edges'] } }

function checked(one: TakenUp | null) {
  const thresholds = thresholdsOf(checks.config, net, {})
  if (typeof thresholds === 'string') throw new Error(thresholds)
  const stored = stateBefore({ desired: { pointer: null, taken: one } })
  return checks.config.work({ network: net, stored, lastCycle: now, lastStatus: 'ok', now, thresholds, all: false })
}

describe('what is in force, for those who look', () => {
  test('check config', () => {
    expect(checked(null).status).toBe('UNKNOWN')
    expect(checked(taken)).toMatchObject({ status: 'OK', text: expect.stringContaining('by ann') })
    expect(checked(bad)).toMatchObject({ status: 'WARN', text: expect.stringContaining('is not used: no edges') })
  })

  test('the head of the status page', () => {
    const facts = (one: TakenUp | null) =>
      seen({
        network: net,
        stored: stateBefore({ desired: { pointer: null, taken: one } }),
        lastCycle: now,
        lastStatus: 'ok',
        rotations: [],
        now,
        spans: [],
      })
    expect(figuresOf(facts(taken)).find(({ label }) => label === 'configuration')?.value).toContain('by ann')
    expect(figuresOf(facts(null)).some(({ label }) => label === 'configuration')).toBe(false)
    expect(noticesOf(facts(taken))).toEqual([])
    expect(noticesOf(facts(bad))[0]).toMatchObject({
      tone: 'bad',
      text: expect.stringContaining('Configuration rejected'),
    })
  })
})
