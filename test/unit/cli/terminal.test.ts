import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { openTerminal } from '../../../functions/cli/terminal.ts'

/** A stream that keeps what is written; `columns` makes it a terminal. */
function stream(columns?: number) {
  const through = new PassThrough()
  const isTTY = columns !== undefined
  return Object.assign(through, { isTTY, columns }) as unknown as NodeJS.WriteStream & PassThrough
}

const written = (through: PassThrough) => String(through.read() ?? '')

describe('on a terminal', () => {
  test('progress is one line, rewritten, and cleared before anything else', () => {
    const streams = { stdout: stream(80), stderr: stream(20), env: {} }
    const terminal = openTerminal(streams, false)
    terminal.progress('probing 1/2')
    terminal.progress('probing 1/2')
    terminal.progress('a line that is longer than the terminal')
    terminal.out('done\n')
    expect(written(streams.stderr)).toBe('\r\x1b[2Kprobing 1/2\r\x1b[2Ka line that is long\r\x1b[2K')
    expect(written(streams.stdout)).toBe('done\n')
  })

  test('there are colours, and lines have its width', () => {
    const { paint, width } = openTerminal({ stdout: stream(72), stderr: stream(72), env: {} }, false)
    expect(paint('red', 'x')).toBe('\x1b[31mx\x1b[39m')
    expect(width).toBe(72)
  })

  test.each([
    ['NO_COLOR', { NO_COLOR: '1' }, false],
    ['a dumb terminal', { TERM: 'dumb' }, false],
    ['--json', {}, true],
  ])('there are no colours with %s', (_why, env, plain) => {
    const { paint } = openTerminal({ stdout: stream(72), stderr: stream(72), env }, plain)
    expect(paint('red', 'x')).toBe('x')
  })

  test.each([
    [{ TERM: 'dumb' }, false],
    [{}, true],
  ])('there is no progress with the environment %o, plain: %s', (env, plain) => {
    const streams = { stdout: stream(72), stderr: stream(72), env }
    openTerminal(streams, plain).progress('probing')
    expect(written(streams.stderr)).toBe('')
  })
})

describe('elsewhere', () => {
  test('there is neither progress, nor colour, nor a width', () => {
    const streams = { stdout: stream(), stderr: stream(), env: {} }
    const terminal = openTerminal(streams, false)
    terminal.progress('probing')
    terminal.err('trouble\n')
    expect(written(streams.stderr)).toBe('trouble\n')
    expect(terminal.paint('red', 'x')).toBe('x')
    expect(terminal.width).toBe(Number.POSITIVE_INFINITY)
  })
})

test('a reader that went away is no error, and is told', () => {
  const streams = { stdout: stream(), stderr: stream(), env: {} }
  const terminal = openTerminal(streams, false)
  streams.stderr.emit('error', Object.assign(new Error('gone'), { code: 'EPIPE' }))
  expect(terminal.closed.aborted).toBe(false)
  streams.stdout.emit('error', Object.assign(new Error('gone'), { code: 'EPIPE' }))
  expect(terminal.closed.aborted).toBe(true)
  expect(() => streams.stdout.emit('error', new Error('another'))).toThrow('another')
})
