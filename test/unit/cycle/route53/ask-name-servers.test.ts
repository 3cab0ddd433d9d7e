import { describe, expect, test } from 'vitest'
import type { ExpectedRecords, RecordsAnswer } from '../../../../functions/core/publication/served-records.ts'
import { nothingServed } from '../../../../functions/core/state/served-seen.ts'
import { RecordsFault } from '../../../../functions/cycle/ports/errors.ts'
import type { RecordsPort } from '../../../../functions/cycle/ports/ports.ts'
import { askNameServers } from '../../../../functions/cycle/route53/ask-name-servers.ts'
import { noRecords } from '../../../helpers/world.ts'

const sets = [{ name: 'a.example.', type: 'A', ttl: 60, values: ['192.0.2.1'] }] as const
const expected: ExpectedRecords[] = ['a', 'b', 'c'].map(zone => ({ zone, hostedZone: `Z${zone}`, sets }))
const asking = { graceSeconds: 300, sample: 20, now: 0, turn: 0 }
const good: RecordsAnswer = { values: [['192.0.2.1']] }

/** A world in which time passes by sleeping alone. */
function worldWith(nameServers: RecordsPort['nameServers'], answer: () => Promise<RecordsAnswer> = async () => good) {
  let nowMs = 0
  const asked: string[] = []
  const records: RecordsPort = {
    ...noRecords,
    nameServers: (hostedZone, signal) => {
      asked.push(hostedZone)
      return nameServers(hostedZone, signal)
    },
  }
  const sleep = async (ms: number) => {
    await new Promise(resolve => setImmediate(resolve))
    nowMs += ms
  }
  const ports = { records, askRecords: answer, clock: () => nowMs, sleep }
  const ask = (leftMs = 30_000, rate = 1000) =>
    askNameServers(expected, nothingServed, asking, { leftMs, rate }, { ...ports })
  return { ask, asked, ports, now: () => nowMs }
}

const forever = () => new Promise<never>(() => {})

describe("asking Route 53's name servers (behaviour §12)", () => {
  test('each hosted zone is looked up once in the life of a process', async () => {
    const { ask, asked } = worldWith(async hostedZone => [`ns.${hostedZone}`])
    const { findings, warnings } = await ask()
    expect(findings.map(({ server, row }) => [server, row])).toEqual([
      ['ns.Za', null],
      ['ns.Zb', null],
      ['ns.Zc', null],
    ])
    expect(warnings).toEqual([])
    await ask()
    expect(asked).toEqual(['Za', 'Zb', 'Zc'])
  })

  test('ends after five seconds where Route 53 says nothing, and says so', async () => {
    const { ask, now } = worldWith(forever)
    expect(await ask()).toEqual({
      findings: [],
      warnings: [
        'the name servers of hosted zone Za and 2 more hosted zones are not known, and not asked: Route 53 gave no answer in time',
      ],
    })
    expect(now()).toBeGreaterThanOrEqual(5_000)
    expect(now()).toBeLessThan(5_100)
  })

  test('ends where a name server says nothing; what others said counts', async () => {
    let first = true
    const { ask } = worldWith(
      async hostedZone => [`ns.${hostedZone}`],
      () => {
        const answer = first ? Promise.resolve(good) : forever()
        first = false
        return answer
      },
    )
    const { findings, warnings } = await ask()
    expect(findings.map(({ row }) => row)).toEqual([null, undefined, undefined])
    expect(warnings).toEqual([])
  })

  test('one refusal leaves the others to be asked', async () => {
    const { ask } = worldWith(async hostedZone => {
      if (hostedZone === 'Zb') throw new RecordsFault('refused', 'no access to Route 53')
      return [`ns.${hostedZone}`]
    })
    const { findings, warnings } = await ask()
    expect(findings.map(({ server }) => server)).toEqual(['ns.Za', 'ns.Zc'])
    expect(warnings).toEqual(['the name servers of hosted zone Zb are not known, and not asked: no access to Route 53'])
  })

  test('hosted zones that wait for their turn are no trouble', async () => {
    const { ask, asked } = worldWith(async hostedZone => [`ns.${hostedZone}`])
    expect((await ask(30_000, 0.15)).warnings).toEqual([])
    expect(asked.length).toBeLessThan(3)
  })

  test('nothing is asked without time', async () => {
    const { ask, asked } = worldWith(async () => ['ns'])
    expect(await ask(0)).toEqual({ findings: [], warnings: [] })
    expect(asked).toEqual([])
  })
})
