import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { runProgram } from '../../../functions/cli/program.ts'

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
  [['conf', '127.0.1.1', '127.0.1.2', '-m', 'force', '-C', 'x'], /force for 2 edges:\n.*nobody can be asked here/s],
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
