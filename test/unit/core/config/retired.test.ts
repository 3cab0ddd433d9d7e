import { expect, test } from 'vitest'
import { retiredKeys } from '../../../../functions/core/config/retired.ts'
import { settingsTable } from '../../../../functions/core/config/settings-table.ts'

test('no retired key is a setting, and each says what took its place', () => {
  expect(Object.keys(retiredKeys).filter(key => key in settingsTable)).toEqual([])
  expect(Object.values(retiredKeys).every(instead => instead.length > 10)).toBe(true)
})

/** Those that the contract lists ("Settings"). */
const listed = [
  ...['healthdata_store', 'statefile', 'lockfile', 'logpath', 'named_dir', 'edgelist_dir', 'extra_edgelist_dir'],
  ...['zonetemplate_dir', 'canary_files', 'live_list', 'prometheus_logs', 'commands', 'testing'],
]

test('every key of the original that has no place here is accepted with a warning that says what took its place', () => {
  expect(Object.keys(retiredKeys).sort()).toEqual([...listed].sort())
})
