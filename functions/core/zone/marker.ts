import { hashText } from './hash.ts'

const begin = /; begin include \S+, (\d+) characters, sha256 ([0-9a-f]{64})\n/g

/**
 * An include (verbatim) between the two comments by which `unwrapInclude` finds it again. The first one tells its
 * length and hash, so nothing inside the include can be taken for its end.
 */
export function wrapInclude(zone: string, include: string): string {
  const head = `; begin include ${zone}.zone, ${include.length} characters, sha256 ${hashText(include)}\n`
  const gap = include === '' || include.endsWith('\n') ? '' : '\n'
  return `${head}${include}${gap}; end include ${zone}.zone`
}

/** The first wrapped include in a text, verbatim, wherever a template put it; null if there is none. */
export function unwrapInclude(text: string): string | null {
  for (const head of text.matchAll(begin)) {
    const start = head.index + head[0].length
    const include = text.slice(start, start + Number(head[1]))
    if (hashText(include) === head[2]) return include
  }
  return null
}
