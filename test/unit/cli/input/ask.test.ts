import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { askYesNo, canAsk } from '../../../../functions/cli/input/ask.ts'

const dialogue = () => ({ stdin: new PassThrough(), stderr: new PassThrough().setEncoding('utf8') })
const onTerminal = <T extends object>(stream: T) => Object.assign(stream, { isTTY: true })

describe('a question', () => {
  test.each([
    ['y\n', true],
    ['Yes\n', true],
    ['n\n', false],
    ['\n', false],
    ['yesterday\n', false],
    ['', false],
  ])('answered with %j is %s', async (text, expected) => {
    const { stdin, stderr } = dialogue()
    stdin.end(text)
    expect(await askYesNo('Really?', { stdin, stderr })).toBe(expected)
    expect(stderr.read()).toContain('Really? [y/N] ')
  })

  test('needs a terminal to be asked on and answered from', () => {
    const { stdin, stderr } = dialogue()
    expect(canAsk({ stdin, stderr })).toBe(false)
    expect(canAsk({ stdin: onTerminal(stdin), stderr })).toBe(false)
    expect(canAsk({ stdin, stderr: onTerminal(stderr) })).toBe(true)
  })
})
