import { expect, test } from 'vitest'
import { configurationEvents } from '../../../../functions/core/report/configuration-events.ts'
import { emptyReport } from '../../../../functions/core/report/report.ts'

const report = emptyReport('net', 'ok', false, 0)
const rejected = { hash: 'b', reasons: ['why'] }
const aside = { hash: 'c', by: 'ann', comment: '' }

test('what is rejected and what is set aside are told (behaviour §11.4, §11.5)', () => {
  const configuration = { hash: 'a', since: '', by: '', rejected: [] }
  const events = configurationEvents({ ...report, configuration }, { news: { rejected, aside } })
  expect(events).toMatchObject([
    { happening: 'configuration rejected', detail: { network: 'net', inForce: 'a', hash: 'b', reasons: ['why'] } },
    { happening: 'configuration set aside', detail: { inForce: 'a', hash: 'c', by: 'ann' } },
  ])
  expect(configurationEvents(report, { news: { rejected, aside: null } })).toMatchObject([
    { detail: { inForce: null } },
  ])
  expect(configurationEvents(report, { news: { rejected: null, aside: null } })).toEqual([])
  const same = { ...aside, hash: 'a' }
  expect(configurationEvents({ ...report, configuration }, { news: { rejected: null, aside: same } })).toEqual([])
})
