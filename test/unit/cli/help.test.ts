import { expect, test } from 'vitest'
import { runInside } from '../../helpers/in-process.ts'

/** The help of a command and of everything below it, by the words that call it. */
async function helps(words: readonly string[] = []): Promise<[string, string][]> {
  const { status, stdout, stderr } = await runInside([...words, '--help'])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const listed = stdout.split(/^Commands:$/m)[1] ?? ''
  const names = [...listed.matchAll(/^ {2}([a-z-]+)(?= |$)/gm)].map(([, name = '']) => name)
  const below = await Promise.all(names.filter(name => name !== 'help').map(name => helps([...words, name])))
  return [[['edgemanage', ...words].join(' '), stdout], ...below.flat()]
}

test('every command has the help that is known of it', async () => {
  const all = await helps()
  expect(all.map(([words]) => words)).toContain('edgemanage check latency')
  expect(all.map(([words, text]) => `$ ${words} --help\n\n${text}`).join('\n')).toMatchSnapshot()
})
