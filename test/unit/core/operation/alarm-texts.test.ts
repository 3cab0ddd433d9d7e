import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { alarmTexts, runbookOf } from '../../../../functions/core/operation/alarm-texts.ts'

const page = readFileSync(
  fileURLToPath(new URL('../../../../functions/cli/TROUBLESHOOTING.md', import.meta.url)),
  'utf8',
)
const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(' ', '-'))

test.each(Object.keys(alarmTexts) as (keyof typeof alarmTexts)[])(
  '%s says what to do, and where to read more',
  name => {
    const text = alarmTexts[name]({ network: 'net', wanted: 3, slowSeconds: 1.5, pointSeconds: 600 })
    expect(text).toContain('net')
    expect(runbookOf(name)).toBe(`functions/cli/TROUBLESHOOTING.md#alarm-${name}`)
    expect(anchors).toContain(`alarm-${name}`)
  },
)

test('the alarm of the stack is explained, too', () => {
  expect(anchors).toContain(runbookOf('throttled').split('#')[1])
})
