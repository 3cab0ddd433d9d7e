import type { OwnedRecord } from './draft-zone.ts'
import { type IncludeFinding, quoted, warningAt } from './finding.ts'
import type { Token } from './master-file.ts'

/** Types with data in which a semicolon may belong to a text. */
const textTypes = ['AVC', 'CAA', 'HINFO', 'HTTPS', 'NAPTR', 'RESINFO', 'SPF', 'SVCB', 'TXT', 'URI', 'WALLET']

/** A comment that goes on as such texts do: `; p=none`. */
const goesOn = /^;\s*[a-z][\w-]*=\S/i

/** Texts that an unquoted semicolon cuts: name servers take what follows for a comment (behaviour §7.5). */
export function cutTexts({ type, data }: OwnedRecord): IncludeFinding[] {
  if (!textTypes.includes(type)) return []
  return data.filter(isCut).map(token => {
    const message = `the semicolon behind ${quoted(token.text)} begins a comment: a text that holds one needs quotes`
    return warningAt(token, message)
  })
}

function isCut({ comment, quoted: isQuoted }: Token): boolean {
  if (comment === undefined) return false
  return (comment.touches && !isQuoted && /^;\s*\S/.test(comment.text)) || goesOn.test(comment.text)
}
