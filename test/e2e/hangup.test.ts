import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { workplaceForEach } from '../helpers/at-work.ts'
import { startCommand } from '../helpers/command.ts'

const { place } = workplaceForEach(['127.0.0.33', '127.0.0.34'])
/** Sends the process the signal while it still loads the command. */
const early = {
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent('setImmediate(()=>process.kill(process.pid,"SIGHUP"))')}`,
}
const start = (more: readonly string[], env = {}) =>
  startCommand(['manage', '-A', 'net', '-c', place.config, '--local', place.storage, '--json', ...more], env)

test.each([[['--every', '3600']], [['--every=3600']]])(
  'SIGHUP to manage %j that has only just begun ends nothing',
  async every => {
    const running = start([...every, '--force'], early)
    await running.printed('"network":"net"')
    running.child.kill('SIGTERM')
    expect(await running.ended).toMatchObject({ status: 0, signal: null })
  },
)

test('without --every it ends the command, as ever', async () => {
  expect(await start(['--force'], early).ended).toMatchObject({ status: null, signal: 'SIGHUP' })
})

test('a cycle that was asked for and still waits for its time is left out when the command is stopped', async () => {
  const running = start(['--every', '3600'])
  await running.printed('"network":"net"')
  running.child.kill('SIGHUP')
  await pause(500)
  running.child.kill('SIGTERM')
  const { status, stdout } = await running.ended
  expect([status, stdout.trim().split('\n').length]).toEqual([0, 1])
}, 10_000)
