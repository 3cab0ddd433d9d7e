import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { home, openTerminal, watchOutputs } from '../../../../functions/cli/output/terminal.ts'

/** A stream that keeps what is written; `columns` makes it a terminal. */
function stream(columns?: number) {
  const through = new PassThrough()
  const isTTY = columns !== undefined
  return Object.assign(through, { isTTY, columns }) as unknown as NodeJS.WriteStream & PassThrough
}

const open = new AbortController().signal

const written = (through: PassThrough) => String(through.read() ?? '')

describe('on a terminal', () => {
  test('progress is one line, rewritten, and cleared before anything else', () => {
    const streams = { stdout: stream(80), stderr: stream(20), env: {}, exit: () => {} }
    const terminal = openTerminal(streams, open, false)
    terminal.progress('probing 1/2')
    terminal.progress('probing 1/2')
    terminal.progress('a line that is longer than the terminal')
    terminal.out('done\n')
    expect(written(streams.stderr)).toBe('\r\x1b[2Kprobing 1/2\r\x1b[2Ka line that is long\r\x1b[2K')
    expect(written(streams.stdout)).toBe('done\n')
  })

  test('there are colours, and lines have its width', () => {
    const { paint, width } = openTerminal(
      { stdout: stream(72), stderr: stream(72), env: {}, exit: () => {} },
      open,
      false,
    )
    expect(paint('red', 'x')).toBe('\x1b[31mx\x1b[39m')
    expect(width).toBe(72)
  })

  test.each([
    ['NO_COLOR', { NO_COLOR: '1' }, false],
    ['a dumb terminal', { TERM: 'dumb' }, false],
    ['--json', {}, true],
  ])('there are no colours with %s', (_why, env, plain) => {
    const { paint } = openTerminal({ stdout: stream(72), stderr: stream(72), env, exit: () => {} }, open, plain)
    expect(paint('red', 'x')).toBe('x')
  })

  test.each([
    [{ TERM: 'dumb' }, false],
    [{}, true],
  ])('there is no progress with the environment %o, plain: %s', (env, plain) => {
    const streams = { stdout: stream(72), stderr: stream(72), env, exit: () => {} }
    openTerminal(streams, open, plain).progress('probing')
    expect(written(streams.stderr)).toBe('')
  })
})

describe('what comes from files, edges and operators', () => {
  const hostile = 'a\x1b[2J\x1b]0;title\x07\x9b31m\rb\u202ec\x7f'
  const shown = 'a\\u001b[2J\\u001b]0;title\\u0007\\u009b31m\\u000db\\u202ec\\u007f'
  const open2 = (columns?: number, plain = false) => {
    const streams = { stdout: stream(columns), stderr: stream(columns), env: {}, exit: () => {} }
    return { streams, terminal: openTerminal(streams, open, plain) }
  }

  test.each([[undefined], [72]])('moves no cursor on standard output and standard error (columns: %s)', columns => {
    const { streams, terminal } = open2(columns)
    terminal.out(`${hostile}\n`)
    terminal.err(`${hostile}\n`)
    terminal.progress(hostile)
    expect(written(streams.stdout)).toBe(`${shown}\n`)
    expect(written(streams.stderr).replaceAll('\r\x1b[2K', '')).toContain(`${shown}\n`)
    expect(written(streams.stderr)).not.toContain('\x07')
  })

  test('takes no colour that is not given, and colours keep theirs', () => {
    const { streams, terminal } = open2(72)
    terminal.out(terminal.paint('red', hostile))
    expect(written(streams.stdout)).toBe(`\x1b[31m${shown}\x1b[39m`)
    const plain = open2(72, true)
    plain.terminal.out('\x1b[31mred\x1b[39m')
    expect(written(plain.streams.stdout)).toBe('\\u001b[31mred\\u001b[39m')
  })

  test('clears no screen; only what is drawn anew begins with that', () => {
    const { streams, terminal } = open2(72)
    terminal.out(`${home}a${home}`)
    expect(written(streams.stdout)).toBe(`${home}a\\u001b[H\\u001b[2J`)
    const pipe = open2()
    pipe.terminal.out(`${home}a`)
    expect(written(pipe.streams.stdout)).toBe('\\u001b[H\\u001b[2Ja')
  })

  test('is the same JSON', () => {
    const { streams, terminal } = open2()
    terminal.out(`${JSON.stringify({ hostile })}\n`)
    expect(JSON.parse(written(streams.stdout))).toEqual({ hostile })
  })
})

describe('a terminal that does not know its width', () => {
  test.each([0, Number.NaN, undefined])('has 80 columns (%s)', columns => {
    const tty = () => Object.assign(stream(1), { columns }) as ReturnType<typeof stream>
    const streams = { stdout: tty(), stderr: tty(), env: {}, exit: () => {} }
    const terminal = openTerminal(streams, open, false)
    expect(terminal.width).toBe(80)
    terminal.progress('probing 1/2')
    expect(written(streams.stderr)).toBe('\r\x1b[2Kprobing 1/2')
  })
})

describe('elsewhere', () => {
  test('there is neither progress, nor colour, nor a width', () => {
    const streams = { stdout: stream(), stderr: stream(), env: {}, exit: () => {} }
    const terminal = openTerminal(streams, open, false)
    terminal.progress('probing')
    terminal.err('trouble\n')
    expect(written(streams.stderr)).toBe('trouble\n')
    expect(terminal.paint('red', 'x')).toBe('x')
    expect(terminal.width).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('an output that cannot be written', () => {
  const broken = (code: string, name: 'stdout' | 'stderr') => {
    const ends: number[] = []
    const streams = { stdout: stream(), stderr: stream(), env: {}, exit: (status: number) => void ends.push(status) }
    const closed = watchOutputs(streams)
    streams[name].emit('error', Object.assign(new Error('it broke'), { code }))
    return { ends, isClosed: closed.aborted, told: written(streams.stderr) }
  }

  test.each([
    ['nobody reads the data any more', 'EPIPE', 'stdout', { ends: [], isClosed: true, told: '' }],
    ['nobody reads the messages', 'EPIPE', 'stderr', { ends: [], isClosed: false, told: '' }],
    [
      'the disk is full',
      'ENOSPC',
      'stdout',
      { ends: [1], isClosed: true, told: 'edgemanage: standard output: it broke\n' },
    ],
    ['the disk of the messages is full', 'ENOSPC', 'stderr', { ends: [1], isClosed: false, told: '' }],
  ] as const)('%s', (_words, code, name, expected) => {
    expect(broken(code, name)).toEqual(expected)
  })
})
