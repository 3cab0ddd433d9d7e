import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCommand } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

const addresses = ['127.0.0.33', '127.0.0.34']
/** Sends the process the signal while it still loads the command. */
const early = `--import data:text/javascript,${encodeURIComponent('setImmediate(()=>process.kill(process.pid,"SIGHUP"))')}`

let edges: Edges
let place: Workplace
beforeAll(async () => {
  edges = await startEdges(addresses)
  place = workplaceFor(edges, addresses)
})
afterAll(async () => {
  await edges.close()
  place.remove()
})

test.each([[['--every', '3600']], [['--every=3600']]])(
  'SIGHUP to manage %j that has only just begun ends nothing',
  async every => {
    const words = ['manage', '-A', 'net', '-c', place.config, '--local', place.storage, ...every, '--force', '--json']
    const running = startCommand(words, { NODE_OPTIONS: early })
    await running.printed('"network":"net"')
    running.child.kill('SIGTERM')
    expect(await running.ended).toMatchObject({ status: 0, signal: null })
  },
)

test('without --every it ends the command, as ever', async () => {
  const words = ['manage', '-A', 'net', '-c', place.config, '--local', place.storage, '--force']
  expect(await startCommand(words, { NODE_OPTIONS: early }).ended).toMatchObject({ status: null, signal: 'SIGHUP' })
})

test('a cycle that was asked for and still waits for its time is left out when the command is stopped', async () => {
  const words = [
    'manage',
    '-A',
    'net',
    '-c',
    place.config,
    '--local',
    `${place.storage}-other`,
    '--every',
    '3600',
    '--json',
  ]
  const running = startCommand(words)
  await running.printed('"network":"net"')
  running.child.kill('SIGHUP')
  await new Promise(resolve => setTimeout(resolve, 500))
  running.child.kill('SIGTERM')
  const { status, stdout } = await running.ended
  expect([status, stdout.trim().split('\n').length]).toEqual([0, 1])
}, 10_000)
