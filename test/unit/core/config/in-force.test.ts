import { describe, expect, test } from 'vitest'
import { inForce } from '../../../../functions/core/config/in-force.ts'
import type { Pointer, TakenUp } from '../../../../functions/core/config/pointer.ts'

const signed = { by: 'root@host', at: 1, comment: '' }
const pointer = (changes: Partial<Pointer> = {}): Pointer => ({
  ...{ id: '1', what: 'push', hash: 'new', ...signed, base: 'deployed', previous: { hash: 'old', ...signed } },
  ...{ source: null, folder: null, aside: null },
  ...changes,
})
const taken = (changes: Partial<TakenUp> = {}): TakenUp => ({
  ...{ hash: 'before', ...signed, deployed: 'deployed', rejected: null },
  ...changes,
})

function hashes(desired: Parameters<typeof inForce>[0], deployed: string | null) {
  const { candidates, ...rest } = inForce(desired, deployed)
  return { ...rest, hashes: candidates.map(({ hash }) => hash) }
}

describe('which configuration is in force (behaviour §11.4, §11.5)', () => {
  test.each<[string, Parameters<typeof inForce>[0], string | null, string[], object]>([
    ['nothing ever was', { pointer: null, taken: null }, null, [], {}],
    ['only a deploy', { pointer: null, taken: null }, 'deployed', ['deployed'], { isNewDeploy: true }],
    ['a deploy that is known', { pointer: null, taken: taken() }, 'deployed', ['deployed'], {}],
    ['a lost pointer on one machine', { pointer: null, taken: taken({ deployed: null }) }, null, ['before'], {}],
    ['a push', { pointer: pointer(), taken: taken() }, 'deployed', ['new', 'old', 'before', 'deployed'], {}],
    [
      'a push that was taken up',
      { pointer: pointer(), taken: taken({ hash: 'new' }) },
      'deployed',
      ['new', 'old', 'deployed'],
      {},
    ],
    [
      'a push after which the one before was used',
      { pointer: pointer(), taken: taken({ hash: 'old' }) },
      'deployed',
      ['new', 'old', 'deployed'],
      {},
    ],
    [
      'a push over nothing known, after another deploy',
      { pointer: pointer({ base: null }), taken: taken() },
      'other',
      ['other'],
      { setsAside: true, isNewDeploy: true },
    ],
    [
      'a push over nothing known, used on a machine without a deploy',
      { pointer: pointer({ base: null, previous: null }), taken: taken({ deployed: null }) },
      'deployed',
      ['new', 'deployed'],
      { isNewDeploy: true },
    ],
    [
      'a push over nothing known',
      { pointer: pointer({ base: null }), taken: null },
      'deployed',
      ['new', 'old', 'deployed'],
      { isNewDeploy: true },
    ],
    ['a first push', { pointer: pointer({ base: null, previous: null }), taken: null }, null, ['new'], {}],
    ['a push on one machine', { pointer: pointer(), taken: 'unreadable' }, null, ['new', 'old'], {}],
    [
      'a push over another deploy',
      { pointer: pointer(), taken: taken() },
      'other',
      ['other'],
      { setsAside: true, isNewDeploy: true },
    ],
    ['a push that was set aside', { pointer: pointer({ aside: 5 }), taken: taken() }, 'deployed', ['deployed'], {}],
    [
      'a pointer that cannot be read',
      { pointer: 'unreadable', taken: taken() },
      'deployed',
      ['before', 'deployed'],
      { fault: expect.stringContaining('cannot be read') },
    ],
    [
      'the same after a deploy',
      { pointer: 'unreadable', taken: taken() },
      'other',
      ['other'],
      { isNewDeploy: true, fault: expect.any(String) },
    ],
  ])('%s', (_, desired, deployed, expected, facts) => {
    const quiet = { setsAside: false, isNewDeploy: false, fault: null }
    expect(hashes(desired, deployed)).toEqual({ ...quiet, hashes: expected, ...facts })
  })
})
