import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderMetrics } from '../../../../functions/core/inspect/prometheus.ts'
import { parseMetrics } from '../../../helpers/prometheus.ts'

test('a metric has its help, its type and its series; one without series is left out', () => {
  const families = [
    { name: 'm', help: 'a \\ and\na line', series: [{ labels: { network: 'n', edge: 'a"b\\c\nd' }, value: 0.5 }] },
    { name: 'nothing', help: 'none', series: [] },
  ]
  expect(renderMetrics(families)).toBe(
    '# HELP m a \\\\ and\\na line\n# TYPE m gauge\nm{network="n",edge="a\\"b\\\\c\\nd"} 0.5\n',
  )
})

test('whatever is in a label can be read back', () => {
  const text = fc.string({ unit: fc.constantFrom('"', '\\', '\n', 'n', '{', '}', ',', '=', ' ', 'é') })
  fc.assert(
    fc.property(text, text, fc.double({ noNaN: true, noDefaultInfinity: true }), (edge, help, value) => {
      const [family] = parseMetrics(
        renderMetrics([{ name: 'm', help: `h${help}`, series: [{ labels: { edge }, value }] }]),
      )
      expect(family).toMatchObject({ name: 'm', help: `h${help}`, type: 'gauge' })
      expect(family?.series[0]?.labels).toEqual({ edge })
      expect(family?.series[0]?.value).toBeCloseTo(value === 0 ? 0 : value)
    }),
  )
})
