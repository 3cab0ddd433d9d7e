import { expect, test } from 'vitest'
import { readNetwork } from '../../../../functions/core/config/network-files.ts'
import { readSettingsFile } from '../../../../functions/core/config/settings-file.ts'
import { overlay } from '../../../helpers/overlay.ts'

const read = (settings: string) => {
  const context = { zoneNames: new Map(), shared: new Map(), owners: new Map(), absolutePaths: 'error' as const }
  return readNetwork('net', overlay('base'), { ...context, settingsFile: readSettingsFile(settings, ['net']) })
}

test('everything else is checked even where the settings are of no use', () => {
  const { network, problems } = read('')
  expect(network).toBeNull()
  expect(problems).toMatchObject([{ severity: 'warning', file: 'canaries/net', scope: 'canaries' }])
})

test('a canary for a zone that is not there is dropped with a warning', () => {
  const { network, problems } = read(new TextDecoder().decode(overlay('base').read('edgemanage.yaml') ?? undefined))
  expect(network?.canaries).toEqual([])
  expect(problems).toMatchObject([{ severity: 'warning', file: 'canaries/net', scope: 'canaries' }])
})
