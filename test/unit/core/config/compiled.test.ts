import { describe, expect, test } from 'vitest'
import {
  compiledName,
  compiledText,
  isPlain,
  readCompiled,
  sealed,
  unsealed,
} from '../../../../functions/core/config/compiled.ts'
import type { Loaded } from '../../../../functions/core/config/loaded.ts'
import { productVersion } from '../../../../functions/core/domain/version.ts'
import { networkOf } from '../../../helpers/world.ts'

const hash = 'a'.repeat(64)
const network = { ...networkOf(['192.0.2.1', 'edge.example']), owners: new Map([['b.example', 'two']]) }
const problem = {
  severity: 'warning' as const,
  file: 'edges/net',
  ...{ line: 1, column: 1, message: 'héllo\n', network: 'net', scope: 'edges' as const },
}
const loaded: Loaded = { hash, network, templates: { zone: 'z', namedConf: 'n' }, problems: [problem] }
const text = String(compiledText(loaded))

describe('a configuration that was checked', () => {
  test('is given back as it was', () => {
    expect(readCompiled(text, hash)).toEqual(loaded)
    expect(compiledName(hash)).toContain(productVersion)
  })

  test('is not taken for another bundle, for that of another version, or in another form', () => {
    const changed = (from: string, to: string) => sealed(String(unsealed(text)).replace(from, to))
    expect(readCompiled(text, 'b'.repeat(64))).toBeNull()
    expect(readCompiled(changed(`"${productVersion}"`, '"9.9.9"'), hash)).toBeNull()
    expect(readCompiled(changed('"form":1', '"form":0'), hash)).toBeNull()
    expect(readCompiled(changed('z', 'z'), hash)).not.toBeNull()
  })

  test('is not taken when it is damaged anywhere, cut, empty or missing', () => {
    for (let at = 0; at < text.length; at += 7) {
      const other = text[at] === 'x' ? 'y' : 'x'
      expect(readCompiled(text.slice(0, at) + other + text.slice(at + 1), hash)).toBeNull()
      expect(readCompiled(text.slice(0, at), hash)).toBeNull()
    }
    expect(readCompiled(null, hash)).toBeNull()
    expect(readCompiled('no line', hash)).toBeNull()
  })

  test('is not kept where a text would not give it back as it was', () => {
    const odd = (goodenough: unknown): Loaded =>
      ({ ...loaded, network: { ...network, settings: { ...network.settings, goodenough } } }) as Loaded
    for (const value of [Number.NaN, new Map(), undefined, /x/, () => 1, [new Set()]]) {
      expect(compiledText(odd(value))).toBeNull()
      expect(isPlain(value)).toBe(false)
    }
    for (const value of [null, 'a', true, 1, [1, 'a'], { a: { b: [] } }]) expect(isPlain(value)).toBe(true)
  })
})
