import { test } from 'vitest'
import { workplaceForEach } from '../helpers/at-work.ts'
import { startedTogether } from '../helpers/started-together.ts'

const addresses = ['127.0.21.1', '127.0.21.2', '127.0.21.3'] as const
const { place } = workplaceForEach(addresses)

test('two networks on one folder, started together 20 times: every cycle is ok, the first ones too', async () => {
  place.write('config/edges/other', `${addresses.join('\n')}\n`)
  place.write('config/zones/other/other.example.zone', '')
  const at = ['-c', place.config, '--local', place.storage]
  await startedTogether(20, network => ['manage', '-A', network, '--force', '--json', ...at])
})
