import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Network } from '../functions/core/config/network.ts'
import type { Problem } from '../functions/core/config/problem.ts'
import { readSettingsFile, settingsPath } from '../functions/core/config/settings-file.ts'
import { configuredId } from '../functions/core/route53/record-plan.ts'
import { maxZones } from './record-rights.ts'

/**
 * Errors about zones that are to be pushed to Route 53 from a stack: policies name hosted zones, so each needs its id in
 * `route53.zones`, and a role holds no more than a thousand.
 */
export function hostedZoneProblems(configDir: string, networks: readonly Network[]): Problem[] {
  const pushing = networks.filter(({ settings }) => settings.route53.enabled)
  if (pushing.length === 0) return []
  const text = readFileSync(join(configDir, settingsPath), 'utf8')
  const names = networks.map(({ name }) => name)
  const { placeOf } = readSettingsFile(text, names)
  return pushing.flatMap(network => {
    const { name, zones, settings } = network
    const tell = (key: string, message: string): Problem => {
      const { line, column } = placeOf(name, ['route53', key])
      return { severity: 'error', file: settingsPath, line, column, message, network: name, scope: 'settings' }
    }
    const lacking = zones.filter(zone => configuredId(settings.route53.zones, zone.name) === null)
    const missing = lacking.map(zone =>
      tell('zones', `${name}: route53.zones has no hosted zone id for ${zone.name}: add ${zone.name}: Z…`),
    )
    const words = `${name} has ${zones.length} zones, and a function can push at most ${maxZones}: split the network`
    return zones.length > maxZones ? [tell('enabled', words), ...missing] : missing
  })
}
