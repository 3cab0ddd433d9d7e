import { describe, expect, test } from 'vitest'
import { decide } from '../../../../functions/core/decision/decide.ts'
import { type Drift, driftReason, driftWarning, noDrift } from '../../../../functions/core/publication/drift.ts'
import { network, publishing, settledInput } from '../../../helpers/core.ts'

describe('a warning about what was published', () => {
  test.each([
    ['missing', true, 'zones/net/a.zone is missing in the bucket: it is written again'],
    ['other', true, 'zones/net/a.zone was changed in the bucket by someone else: it is written again'],
  ] as const)('names what is %s', (state, isRestored, text) => {
    expect(driftWarning('zones/net/a.zone', state, isRestored)).toBe(text)
  })

  test('says where nobody can write it again', () => {
    expect(driftWarning('zones/net/a.zone', 'missing', false)).toBe(
      'zones/net/a.zone is missing in the bucket, and cannot be written again: its zone is not in the configuration, or is invalid',
    )
  })
})

describe('what is not as it was confirmed is written again (behaviour §7.8)', () => {
  const input = settledInput(network('ab'))

  test('nothing is, where nothing differs', () => {
    for (const changes of [{}, { drift: noDrift }]) {
      const { publication } = publishing(decide({ ...input, ...changes }))
      expect(publication).toMatchObject({ zones: [{ action: 'keep' }], namedConf: false, liveList: null })
    }
  })

  test.each(['missing', 'other'] as const)('each object that is %s, and no other', state => {
    const publicationFor = (drift: Partial<Drift>) =>
      publishing(decide({ ...input, drift: { ...noDrift, ...drift } })).publication
    const zone = { zone: 'example.org', action: 'write', reason: driftReason[state], record: { due: true } }
    expect(publicationFor({ zones: new Map([['example.org', state]]) })).toMatchObject({
      ...{ zones: [zone], namedConf: false, liveList: null },
    })
    const keep = { action: 'keep' }
    expect(publicationFor({ namedConf: state })).toMatchObject({ zones: [keep], namedConf: true, liveList: null })
    expect(publicationFor({ liveList: state })).toMatchObject({ zones: [keep], namedConf: false, liveList: 'a\nb\n' })
  })
})
