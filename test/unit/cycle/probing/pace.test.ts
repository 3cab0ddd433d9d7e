import { expect, test } from 'vitest'
import { createPace } from '../../../../functions/cycle/probing/pace.ts'
import { measuresTime } from '../../../helpers/measures-time.ts'

/** Starts `turns` probes that cost `workMs` each, in a world where only work and waiting take time; answers when. */
async function startsOf(
  turns: number,
  workMs: (at: number) => number,
  spreadMs = 1e9,
  timer: (ms: number) => number = ms => ms,
): Promise<number[]> {
  let [nowMs, idleMs] = [0, 0]
  const sleep = async (ms: number) => {
    nowMs += timer(ms)
    idleMs += timer(ms)
  }
  const pace = createPace({
    turns,
    spreadMs: () => spreadMs - nowMs,
    expectedCostMs: 0,
    loop: { read: () => ({ nowMs, idleMs }), beat: () => {} },
    sleep,
  })
  const starts: number[] = []
  const start = async (at: number) => {
    starts.push(nowMs)
    nowMs += workMs(at)
  }
  await Promise.all(
    Array.from({ length: turns }, (_, at) =>
      pace(
        () => true,
        () => start(at),
      ),
    ),
  )
  return starts
}

const gapsOf = (starts: readonly number[]) => starts.slice(1).map((start, at) => start - Number(starts[at]))

test('light probes start every millisecond: a thousand within a second', async () => {
  const starts = await startsOf(1000, () => 0.4)
  expect(Math.min(...gapsOf(starts))).toBeGreaterThanOrEqual(1 - 1e-9)
  expect(Number(starts[999])).toBeLessThan(1000)
})

test('heavy ones wait until the loop has rested: it is never busy for more than 55 %', async () => {
  const starts = await startsOf(1000, () => 2)
  for (const gap of gapsOf(starts)) expect(gap).toBeGreaterThanOrEqual(2 / 0.55 - 0.5)
  expect(Number(starts[999])).toBeLessThan(6000)
})

test('handshakes, whose work comes after their start, start evenly: they do not queue together', async () => {
  const workMs = 3
  const answersAfterMs = 20
  let [nowMs, idleMs] = [0, 0]
  const answers: number[] = []
  const queued: number[] = []
  // The loop waits until its timer, and works on what has been answered by then.
  const sleep = async (ms: number) => {
    const untilMs = nowMs + ms
    while (nowMs < untilMs) {
      const next = Math.min(untilMs, answers[0] ?? untilMs)
      idleMs += Math.max(0, next - nowMs)
      nowMs = Math.max(nowMs, next)
      while (answers[0] !== undefined && answers[0] <= nowMs) {
        queued.push(nowMs - Number(answers.shift()))
        nowMs += workMs
      }
    }
  }
  const loop = { read: () => ({ nowMs, idleMs }), beat: () => {} }
  const pace = createPace({ turns: 500, spreadMs: () => 1e9, expectedCostMs: 2, loop, sleep })
  const start = async () => {
    nowMs += 0.3
    answers.push(nowMs + answersAfterMs)
  }
  await Promise.all(Array.from({ length: 500 }, () => pace(() => true, start)))
  const sorted = queued.toSorted((a, b) => a - b)
  expect(sorted[494]).toBeLessThan(2 * workMs)
  expect(nowMs).toBeLessThan(500 * workMs * 3)
})

test('timers that count whole milliseconds do not make it slower, nor faster', async () => {
  const starts = await startsOf(
    1000,
    () => 0.4,
    1e9,
    ms => Math.ceil(ms) + 0.3,
  )
  expect(Number(starts[999])).toBeLessThan(1100)
  for (const [at, start] of starts.entries()) expect(start).toBeGreaterThanOrEqual(at - 1e-9)
})

test('a hold-up is made up for by 2 ms at most, and not without rest', async () => {
  const starts = await startsOf(200, at => (at === 5 ? 400 : 0.1))
  const gaps = gapsOf(starts)
  expect(gaps[5]).toBeGreaterThanOrEqual(400)
  // Ten starts in a row are a millisecond of work: before that the loop rests.
  for (let at = 6; at < 190; at++) expect(Number(starts[at + 10]) - Number(starts[at])).toBeGreaterThan(1.4)
  // As if the row had begun 2 ms before the start that came after the hold-up.
  const firstAfter = Number(starts[6])
  for (let at = 7; at < 200; at++) expect(starts[at]).toBeGreaterThanOrEqual(firstAfter - 2 + (at - 6) - 1e-9)
  expect(Number(starts[199])).toBeLessThan(firstAfter + 195)
})

test('where time would run out the others start sooner, at 1 ms at the soonest', async () => {
  const hurried = await startsOf(100, () => 3, 500)
  expect(Number(hurried[99])).toBeLessThan(520)
  const late = await startsOf(100, () => 1.5, 0)
  for (const gap of gapsOf(late)) expect(gap).toBeCloseTo(1.5, 6)
})

test('a loop that never rests holds nobody up for more than 100 ms', async () => {
  const starts = await startsOf(4, () => 90)
  for (const gap of gapsOf(starts)) expect(gap).toBeLessThanOrEqual(100)
})

test('who is not wanted any more takes no turn', measuresTime, async () => {
  const pace = createPace({
    turns: 2,
    spreadMs: () => 0,
    expectedCostMs: 0,
    loop: { read: () => ({ nowMs: 0, idleMs: 0 }), beat: () => {} },
    sleep: async () => {},
  })
  const unwanted = pace(
    () => false,
    async () => 'started',
  )
  const wanted = pace(
    () => true,
    async () => 'started',
  )
  expect(await unwanted).toBeNull()
  expect(await wanted).toBe('started')
})
