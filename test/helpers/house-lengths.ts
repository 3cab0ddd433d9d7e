/** How long a file and a function may be, in lines; a function from its first line to its closing brace. */
export const maxFileLines = 200
export const maxFunctionLines = 40

interface Span {
  readonly name: string
  readonly lines: number
}

/** The functions of a text that is formatted as the linter wants it: a block ends at the brace below its beginning. */
export function functionsOf(text: string): Span[] {
  const lines = text.split('\n')
  return lines.flatMap((line, at) => {
    const [, indent = '', name = ''] = /^( *)(?:export )?(?:async )?function\*? (\w+)/.exec(line) ?? []
    if (name !== '') return [{ name, lines: 1 + distance(lines, at, rest => rest === `${indent}}`) }]
    const [, before = '', what = ''] = /^( *)(\S.*) => \{$/.exec(line) ?? []
    if (what === '') return []
    const end = new RegExp(`^${before}\\}`)
    return [{ name: what, lines: 1 + distance(lines, at, rest => end.test(rest)) }]
  })
}

function distance(lines: readonly string[], from: number, isEnd: (line: string) => boolean): number {
  const found = lines.findIndex((line, at) => at > from && isEnd(line))
  return (found === -1 ? lines.length : found) - from
}

/** What is too long in a file, each in a few words. */
export function tooLong({ path, text }: { path: string; text: string }): string[] {
  const length = text.trimEnd().split('\n').length
  return [
    ...(length > maxFileLines ? [`${path} has ${length} lines`] : []),
    ...functionsOf(text)
      .filter(({ lines }) => lines > maxFunctionLines)
      .map(({ name, lines }) => `${path}: ${name} has ${lines} lines`),
  ]
}
