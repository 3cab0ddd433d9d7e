import { expect, test } from 'vitest'
import { startRunClock } from '../../../../functions/core/domain/run-clock.ts'

/** A run's time on a machine whose wall clock may be set. */
function machine() {
  const time = { wall: 1_790_000_000_000, passed: 5_000 }
  const pass = (ms: number) => {
    time.wall += ms
    time.passed += ms
  }
  const run = startRunClock({ clock: () => time.wall, monotonic: () => time.passed })
  const set = (ms: number) => {
    time.wall += ms
  }
  return { run, pass, set }
}

test('a run begins at what the wall clock says, and goes with it', () => {
  const { run, pass } = machine()
  pass(1500)
  expect([run.now, run.clock(), run.elapsedMs()]).toEqual([1_790_000_000_000, 1_790_000_001_500, 1500])
})

test.each([-1, -60_000, -300_000])('a clock that is set by %i ms lets no time run back', ms => {
  const { run, pass, set } = machine()
  pass(1000)
  set(ms)
  expect([run.clock() - run.now, run.elapsedMs()]).toEqual([1000, 1000])
  pass(500)
  expect([run.clock() - run.now, run.elapsedMs()]).toEqual([1500, 1500])
})

test('a clock that is set ahead is believed, and takes no time', () => {
  const { run, set } = machine()
  set(3_600_000)
  expect([run.clock() - run.now, run.elapsedMs()]).toEqual([3_600_000, 0])
})

test.each([-300_001, -3_600_000, -20 * 365 * 86_400_000])(
  'after a clock was set by %i ms the lease is nobody’s',
  ms => {
    const { run, pass, set } = machine()
    set(ms)
    expect([run.clock(), run.elapsedMs()]).toEqual([Number.POSITIVE_INFINITY, 0])
    set(-ms)
    pass(500)
    expect([run.clock(), run.elapsedMs()]).toEqual([Number.POSITIVE_INFINITY, 500])
  },
)
