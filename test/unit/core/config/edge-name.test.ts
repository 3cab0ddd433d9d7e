import { expect, test } from 'vitest'
import { canonicalEdge } from '../../../../functions/core/config/edge-name.ts'

test.each([
  ['edge1.example.org', 'edge1.example.org'],
  ['Edge1.Example.Org.', 'edge1.example.org'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['2001:DB8::0001', '2001:db8::1'],
  ['192.0.2.1', '192.0.2.1'],
  ['', ''],
])('%s goes by the name %s', (text, name) => {
  expect(canonicalEdge(text)).toBe(name)
  expect(canonicalEdge(name)).toBe(name)
})
