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

test('every command shows examples of itself, none with a flag that it does not have', async () => {
  for (const [words, text] of await helps()) {
    const examples = [...text.matchAll(/^ {2}\$ (.*(?:\n {4,}\S.*)*)$/gm)].map(([, example = '']) => example)
    const own = examples.filter(example => example.includes('edgemanage'))
    expect([words, own.length > 0]).toEqual([words, true])
    if (words === 'edgemanage' || words === 'edgemanage config' || words === 'edgemanage zones') continue
    const flags = own.flatMap(example => [...example.matchAll(/ (--[a-z-]+)/g)].map(([, flag = '']) => flag))
    expect([words, flags.filter(flag => !text.split('Examples:')[0]?.includes(flag))]).toEqual([words, []])
  }
})
