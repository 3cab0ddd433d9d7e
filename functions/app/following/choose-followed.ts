import { configFolder } from '../../adapters/files/config-folder.ts'
import { readSettingsFile, settingsPath } from '../../core/config/settings-file.ts'
import { readText } from '../../core/config/source.ts'
import { networkName } from '../../core/config/stopping.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { byName } from '../../core/domain/model.ts'
import { oneLine } from '../../core/domain/printable.ts'
import { configDirOf } from '../naming.ts'
import type { Followed } from './read-manifests.ts'

/** The flags that say which networks are followed. */
export interface FollowedFlags {
  readonly dnet?: readonly string[]
  readonly config?: string
}

/**
 * The networks that the flags name, or the environment, or else those of the configuration folder. Throws `UsageError`
 * where a name cannot be one, or there is none.
 */
export function chooseFollowed({ dnet, config }: FollowedFlags, env: NodeJS.ProcessEnv): Followed {
  const named = dnet ?? (env.EDGEMANAGE_NETWORK ? [env.EDGEMANAGE_NETWORK] : [])
  const wrong = named.find(name => !networkName.test(name))
  if (wrong !== undefined) throw new UsageError(`'${oneLine(wrong, 100)}' cannot be the name of a network`)
  const folder = configDirOf(config, env)
  const source = configFolder(folder)
  const networks = named.length > 0 ? named : (source.list('edges') ?? []).filter(name => networkName.test(name))
  if (networks.length === 0) {
    throw new UsageError(`say which networks to follow with -A: ${folder} holds no edge lists`)
  }
  const all = [...new Set(networks)].sort(byName)
  const settings = lazySettings(() => readText(source, settingsPath), all)
  return { networks: all, optionsOf: network => settings().get(network)?.dns.zone_options ?? null }
}

function lazySettings(read: () => ReturnType<typeof readText>, networks: readonly string[]) {
  let known: ReturnType<typeof readSettingsFile>['settings'] | null = null
  return () => {
    if (known === null) {
      const file = read()
      known = 'text' in file ? readSettingsFile(file.text, networks).settings : new Map()
    }
    return known
  }
}
