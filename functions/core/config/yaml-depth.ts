import { Lexer } from 'yaml'

/** No settings nest nearly as deep; the parser descends into itself, and where that ends the program may end too. */
const deepest = { flow: 64, indicators: 64, columns: 200 }

/** Where (an offset in the text) a YAML file is nested too deeply to be parsed; null if it is not. */
export function tooDeepAt(text: string): number | null {
  let at = 0
  let flow = 0
  let indicators = 0
  let isLineStart = true
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') flow++
    else if (token === ']' || token === '}') flow--
    else if (token === '-' || token === '?') indicators++
    else if (token === '\n' || token === '\r\n') indicators = 0
    const isIndent = isLineStart && token.startsWith(' ') && flow === 0
    if (flow > deepest.flow || indicators > deepest.indicators || (isIndent && token.length > deepest.columns))
      return at
    isLineStart = token.endsWith('\n')
    // Marks of the lexer's own (a document's begin, an end of flow) stand for no text.
    at += isMark(token) ? 0 : token.length
  }
  return null
}

function isMark(token: string): boolean {
  return token === '\u0002' || token === '\u0018' || token === '\u001f'
}
