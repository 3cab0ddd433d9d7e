import { expect, test } from 'vitest'
import { type Prober, proberWarnings } from '../../../../functions/core/report/prober-warnings.ts'
import { settingsOf } from '../../../helpers/world.ts'

const settings = settingsOf()
const goodMs = settings.goodenough * 1000
const warnings = (changes: Partial<Prober>) =>
  proberWarnings({ lagMs: 0, oftenLagMs: 0, unsure: 0, ownFaults: new Map(), ...changes }, settings)

test('a prober that is on time is not spoken of, nor is one hiccup', () => {
  expect(warnings({})).toEqual([])
  expect(warnings({ lagMs: 10 * goodMs, oftenLagMs: goodMs / 2 - 1 })).toEqual([])
})

test('one that is late by half of goodenough again and again is too slow, and the cure is told', () => {
  const [warning, ...others] = warnings({ lagMs: goodMs, oftenLagMs: goodMs / 2 })
  expect(others).toEqual([])
  expect(warning).toMatch(
    /^the prober was busy itself, up to .* s late where goodenough is .* s: give the function more/,
  )
  expect(warning).toContain(`lower workers (${settings.workers})`)
})

test('edges that could not be fetched once more are counted', () => {
  expect(warnings({ unsure: 3 })).toEqual([
    expect.stringMatching(/^3 more edges may have missed goodenough only because the prober was busy: give/),
  ])
})

test('one warning names how many probes were skipped for failures of the machine, and why', () => {
  const lower = `or lower workers (${settings.workers})`
  expect(warnings({ ownFaults: new Map([['EMFILE', 50]]) })).toEqual([
    `50 probes were skipped for no fault of the edges: this process is out of file descriptors (EMFILE). To fix it, raise its limit of open files (ulimit -n), ${lower}`,
  ])
  expect(
    warnings({
      ownFaults: new Map([
        ['EPERM', 1],
        ['EACCES', 1],
        ['ENOBUFS', 2],
      ]),
    }),
  ).toEqual([
    `4 probes were skipped for no fault of the edges: this machine is out of network buffers (ENOBUFS, 2 of them); this machine forbids the connection (EACCES, 1 of them); this machine forbids the connection (EPERM, 1 of them). To fix it, give the machine more memory for network buffers, or look at the machine's firewall and sandbox rules, ${lower}`,
  ])
  expect(warnings({ ownFaults: new Map([['EWHAT', 1]]) })).toEqual([
    `1 probe was skipped for no fault of the edges: this machine failed (EWHAT). To fix it, ${lower.slice(3)}`,
  ])
})
