import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { orderEdges } from '../../../../functions/cli/commands/conf.ts'
import { runProgram } from '../../../../functions/cli/program.ts'
import type { Event } from '../../../../functions/core/report/event.ts'
import type { Orders } from '../../../../functions/cycle/ports/orders.ts'
import { network, now } from '../../../helpers/core.ts'

/** Runs the command line in this process, on the sample network. */
async function run(folder: string, ...args: string[]) {
  const [stdout, stderr] = [new PassThrough().setEncoding('utf8'), new PassThrough().setEncoding('utf8')]
  const streams = { stdout, stderr, env: {}, exit: () => {} } as unknown as Parameters<typeof runProgram>[1]
  const status = await runProgram([...args, '--local', join(folder, 'storage')], streams)
  return { status, stdout: stdout.read(), stderr: String(stderr.read()) }
}

test.each([
  [['conf', '127.0.1.9', '-m', 'force', '-C', 'x'], /127\.0\.1\.9 is not in the edge list of sample/],
  [['conf', '127.0.1.101', '-m', 'force', '-C', 'x'], /canaries take no orders/],
  [['conf', '127.0.1.1', '-m', 'force'], /a comment is required/],
  [['conf', '127.0.1.1', '-m', 'forced', '-C', 'x'], /Allowed choices are available, force, blindforce, unavailable/],
  [['conf', '127.0.1.1', '-C', 'x'], /--mode/],
  [['conf', '127.0.1.1', '-m', 'force', '-C', 'x', '--expires', '2y'], /neither a span .* nor an ISO 8601 time/],
  [['conf', '127.0.1.1', '127.0.1.2', '-m', 'force', '-C', 'x'], /force for 2 edges:\n.*not a terminal: pass --yes/s],
  [['conf', '-m', 'force', '-C', 'x'], /missing required argument 'edge'/],
  [['freeze'], /--comment/],
  [['freeze', '-C', ' '], /a comment is required/],
])('%j is wrong usage, and touches nothing', async (args, reason) => {
  const folder = mkdtempSync(join(tmpdir(), 'edgemanage-'))
  mkdirSync(join(folder, 'storage'))
  const { status, stdout, stderr } = await run(folder, ...args)
  const left = readdirSync(join(folder, 'storage'))
  rmSync(folder, { recursive: true })
  expect({ status, stdout, left }).toEqual({ status: 2, stdout: null, left: [] })
  expect(stderr).toMatch(reason)
})

/** Orders for several edges, of which the one for `failing` cannot be stored: what was told, sent and thrown. */
async function ordered(edges: string[], failing: string) {
  const found = { told: [] as string[], events: [] as Event[], warnings: [] as string[], thrown: '' }
  const give: Orders['give'] = async (_network, { edge }) => {
    if (edge === failing) throw new Error('table away')
    return false
  }
  const instruction = { order: 'force', comment: 'x', by: 'root', since: now, expires: null } as const
  await orderEdges(edges, instruction, {
    orders: { give } as Orders,
    announce: async events => void found.events.push(...events),
    network: network('abc'),
    tell: ({ edge }) => void found.told.push(edge),
    warn: trouble => void found.warnings.push(trouble),
  }).catch((error: Error) => {
    found.thrown = error.message
  })
  return found
}

test.each([
  ['', ['a', 'b', 'c'], ''],
  ['c', ['a', 'b'], 'table away'],
  ['b', ['a'], 'table away'],
])('where the order for "%s" fails, those that were given are told and sent: %j', async (failing, given, thrown) => {
  const found = await ordered(['a', 'b', 'c'], failing)
  expect(found).toMatchObject({ told: given, warnings: [], thrown })
  expect(found.events).toMatchObject([{ happening: 'order given', detail: { edges: given, count: given.length } }])
})

test('where none was given, none is sent', async () => {
  expect(await ordered(['a', 'b'], 'a')).toEqual({ told: [], events: [], warnings: [], thrown: 'table away' })
})
