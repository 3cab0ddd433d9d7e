import { describe, expect, test } from 'vitest'
import { carryOut, type PushOutcome, planPush } from '../../functions/app/configuration/push.ts'
import { logOf, planRollback, rollBack } from '../../functions/app/configuration/rollback.ts'
import { readBundle } from '../../functions/cycle/configuration/bundles.ts'
import { configurationInForce } from '../../functions/cycle/configuration/take-up.ts'
import { folderTakeUp } from '../../functions/cycle/configuration/take-up-folder.ts'
import {
  type Kept,
  nothingKept,
  readingsOf,
  revision,
  revisionsIn,
  type Step,
  storageOf,
} from '../helpers/push-place.ts'

// A push, a rollback and the taking up of a folder, killed at every single operation on table and bucket (behaviour §11.2).

const place = { kind: 'local', folder: '' } as const
const names = ['alpha', 'beta']
const many = Array.from({ length: 6 }, (_, at) => `a${at}.example`)
const plain: Step = async (_name, work) => work()
const zones = { alpha: many, beta: ['b.example'] }

/** Nothing happens any more from this point on: odd, before an operation is done; even, after it. */
function killedAt(point: number, counts: (name: string) => boolean): { step: Step; isKilled: () => boolean } {
  let points = 0
  const pass = (name: string) => {
    if (counts(name)) points++
    if (points >= point) throw new Error('killed')
  }
  return {
    isKilled: () => points >= point,
    step: async (name, work) => {
      pass(name)
      const answer = work()
      pass(name)
      return answer
    },
  }
}

async function push(kept: Kept, number: number, step: Step = plain, of = names, by = 'ann'): Promise<PushOutcome[]> {
  const storage = storageOf(kept, step)
  const plan = await planPush(readingsOf(revision(number, zones), of), storage, place, true)
  return carryOut(plan, { by, comment: '' }, storage)
}

/** What a cycle of a process without memory would use: its one revision. */
async function used(kept: Kept, network: string) {
  const { bucket, configurations } = storageOf(kept, plain)
  const sources = { network, bucket, deployed: null, memory: new Map() }
  const { loaded, report } = await configurationInForce(await configurations.read(network), sources, Date.now())
  return { revisions: revisionsIn(loaded), rejected: report.rejected }
}

const copyOf = ({ items, objects }: Kept): Kept => ({
  items: new Map([...items].map(([network, own]) => [network, new Map(own)])),
  objects: new Map(objects),
})

/** Kills some work at its first point, then at its second, and so on; each time whatever holds is looked at. */
async function everywhere(
  work: (step: Step, kept: Kept) => Promise<unknown>,
  before: Kept,
  look: (kept: Kept) => Promise<void>,
  counts: (name: string) => boolean = () => true,
) {
  for (let point = 1; ; point++) {
    const kept = copyOf(before)
    const { step, isKilled } = killedAt(point, counts)
    await work(step, kept).catch(() => undefined)
    await look(kept)
    if (!isKilled()) return point
  }
}

describe('killed at any point', () => {
  test('a push is in force wholly or not at all, and the same push again completes it', async () => {
    const before = nothingKept()
    await push(before, 1)
    const points = await everywhere(
      (step, kept) => push(kept, 2, step),
      before,
      async kept => {
        const found: Record<string, number> = {}
        for (const network of names) {
          const { revisions, rejected } = await used(kept, network)
          expect(rejected).toEqual([])
          expect(revisions).toHaveLength(1)
          found[network] = Number(revisions[0])
        }
        // By name: beta is never in force before alpha.
        expect([
          [1, 1],
          [2, 1],
          [2, 2],
        ]).toContainEqual([found.alpha, found.beta])
        const again = await push(kept, 2)
        expect(again.every(({ action }) => action === 'pushed' || action === 'unchanged')).toBe(true)
        for (const network of names) {
          expect(await used(kept, network)).toEqual({ revisions: [2], rejected: [] })
          const log = await logOf(network, storageOf(kept, plain), 10)
          expect(log.map(({ what }) => what)).toEqual(['push', 'push'])
        }
      },
    )
    expect(points).toBeGreaterThan(40)
  })

  test('a first push is nothing or whole', async () => {
    await everywhere(
      (step, kept) => push(kept, 1, step),
      nothingKept(),
      async kept => {
        const revisions = await used(kept, 'alpha').then(
          found => found.revisions,
          () => [],
        )
        expect([[], [1]]).toContainEqual(revisions)
        await push(kept, 1)
        expect((await used(kept, 'beta')).revisions).toEqual([1])
      },
    )
  })

  test('a rollback is done or not', async () => {
    const before = nothingKept()
    for (const number of [1, 2]) await push(before, number)
    const back = async (step: Step, kept: Kept) => {
      const storage = storageOf(kept, step)
      const { standing, hash } = await planRollback(undefined, { dnet: 'alpha' }, storage, place)
      return rollBack(standing, hash, { by: 'bob', comment: '' }, storage)
    }
    await everywhere(back, before, async kept => {
      const { revisions, rejected } = await used(kept, 'alpha')
      expect(rejected).toEqual([])
      expect([[1], [2]]).toContainEqual(revisions)
    })
  })

  test('a folder that is taken up by a cycle is in force wholly or not at all', async () => {
    const before = nothingKept()
    await push(before, 1)
    const reading = readingsOf(revision(2, zones), ['alpha']).get('alpha')
    if (reading === undefined) throw new Error('no reading')
    const cycle = async (step: Step, kept: Kept) => {
      const { bucket, configurations } = storageOf(kept, step)
      const sources = { network: 'alpha', bucket, deployed: null, memory: new Map() }
      const look = { ...reading, parts: async () => reading }
      const takeUp = folderTakeUp({ reading: look, again: async () => look, signer: 'ann', configurations, sources })
      return takeUp(await configurations.read('alpha'), { now: 5, dryRun: false })
    }
    await everywhere(cycle, before, async kept => {
      const { revisions, rejected } = await used(kept, 'alpha')
      expect(rejected).toEqual([])
      expect([[1], [2]]).toContainEqual(revisions)
      expect(revisionsIn((await cycle(plain, kept)).loaded)).toEqual([2])
    })
  })

  test('parts that are cleaned up are never those of a bundle that is kept', async () => {
    const before = nothingKept()
    for (let number = 1; number <= 52; number++) await push(before, number, plain, ['alpha'])
    const hashes = (await logOf('alpha', storageOf(before, plain), 50)).slice(0, 49).map(({ hash }) => hash)
    const look = async (kept: Kept) => {
      const { bucket } = storageOf(kept, plain)
      for (const hash of hashes) expect(await readBundle(bucket, 'alpha', hash)).toMatchObject({ is: 'whole' })
      expect((await used(kept, 'alpha')).rejected).toEqual([])
    }
    const isDeleted = (name: string) => name.startsWith('bucket delete')
    const points = await everywhere((step, kept) => push(kept, 53, step, ['alpha']), before, look, isDeleted)
    expect(points).toBeGreaterThan(10)
  }, 60_000)
})

describe('two pushes at once', () => {
  test('the loser stops at its first conflict, and says who was first and what it had changed', async () => {
    const kept = nothingKept()
    await push(kept, 1)
    const storage = storageOf(kept, plain)
    const plan = await planPush(readingsOf(revision(2, zones), names), storage, place, true)
    await push(kept, 3, plain, ['beta'], 'bob')
    const outcomes = await carryOut(plan, { by: 'ann', comment: '' }, storage)
    expect(outcomes).toMatchObject([
      { network: 'alpha', action: 'pushed' },
      { network: 'beta', action: 'conflict', first: { by: 'bob' } },
    ])
    expect((await used(kept, 'beta')).revisions).toEqual([3])
    expect(await push(kept, 2)).toMatchObject([{ action: 'unchanged' }, { action: 'pushed' }])
  })

  test('what comes after the conflict is left', async () => {
    const kept = nothingKept()
    await push(kept, 1)
    const storage = storageOf(kept, plain)
    const plan = await planPush(readingsOf(revision(2, zones), names), storage, place, true)
    await push(kept, 3, plain, ['alpha'], 'bob')
    expect(await carryOut(plan, { by: 'ann', comment: '' }, storage)).toMatchObject([
      { network: 'alpha', action: 'conflict' },
      { network: 'beta', action: 'left' },
    ])
    expect((await used(kept, 'beta')).revisions).toEqual([1])
  })

  test('over a pointer that cannot be read, the second one is told as well', async () => {
    const kept = nothingKept()
    await push(kept, 1)
    const items = kept.items.get('alpha')
    items?.set('DESIRED', { ...items.get('DESIRED'), body: { S: 'nonsense' } })
    const storage = storageOf(kept, plain)
    const plan = await planPush(readingsOf(revision(2, zones), ['alpha']), storage, place, false)
    expect(await push(kept, 3, plain, ['alpha'], 'bob')).toMatchObject([{ action: 'pushed' }])
    expect(await carryOut(plan, { by: 'ann', comment: '' }, storage)).toMatchObject([
      { action: 'conflict', first: { by: 'bob' } },
    ])
    expect((await used(kept, 'alpha')).revisions).toEqual([3])
  })

  test('two that want the same are both content', async () => {
    const kept = nothingKept()
    await push(kept, 1)
    const storage = storageOf(kept, plain)
    const plan = await planPush(readingsOf(revision(2, zones), names), storage, place, true)
    await push(kept, 2, plain, names, 'bob')
    expect((await carryOut(plan, { by: 'ann', comment: '' }, storage)).map(({ action }) => action)).toEqual([
      'pushed',
      'pushed',
    ])
  })
})

test('the network that receives a zone is first, otherwise they go by name', async () => {
  const kept = nothingKept()
  await push(kept, 1)
  const storage = storageOf(kept, plain)
  const order = async (moved: Record<string, readonly string[]>) => {
    const plan = await planPush(readingsOf(revision(2, moved), names), storage, place, true)
    return plan.networks.map(({ network }) => network)
  }
  expect(await order(zones)).toEqual(['alpha', 'beta'])
  expect(await order({ alpha: many.slice(1), beta: ['b.example', String(many[0])] })).toEqual(['beta', 'alpha'])
})
