import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { configFolder } from '../functions/adapters/files/config-folder.ts'
import { loadConfiguration } from '../functions/core/config/configuration.ts'
import { readingOf, snapshotOf } from '../functions/core/config/folder-reading.ts'
import type { Network } from '../functions/core/config/network.ts'
import { type Problem, problemLines } from '../functions/core/config/problem.ts'
import { unreachableEdges } from '../functions/core/config/unreachable-edges.ts'
import { hostedZoneProblems } from './hosted-zones.ts'

/** A configuration that may be deployed, and a line for each thing in it that is questionable. */
export interface Deployable {
  readonly networks: readonly Network[]
  readonly warnings: readonly string[]
}

/** A configuration with errors: a line for each problem (a thousand at most), as `edgemanage validate` prints them. */
export class UndeployableConfiguration extends Error {
  override readonly name = 'UndeployableConfiguration'
}

/** This many lines are told of a configuration that cannot be deployed, and of one that can. */
const maxErrors = 1_000
const maxWarnings = 100

const ownTemplates = fileURLToPath(new URL('../templates', import.meta.url))
const sample = fileURLToPath(new URL('../config', import.meta.url))

/** The configuration folder: the context's, the environment's, or the sample; empty is as good as not given. */
export function configDirOf(asked: string | undefined, env: NodeJS.ProcessEnv): string {
  return resolve(asked || env.EDGEMANAGE_CONFIG || sample)
}

/** Reads and checks a configuration folder and the templates with it; `ipv6`: functions reach IPv6 addresses. Throws `UndeployableConfiguration` with every problem if one is an error. */
export function readConfiguration(configDir: string, templates = ownTemplates, ipv6 = false): Deployable {
  const { networks, problems } = loadConfiguration(configFolder(configDir), {
    absolutePaths: 'error',
    templates: configFolder(templates),
  })
  const unreachable = networks.flatMap(network =>
    unreachableEdges(configFolder(configDir).read, network, { ipv6: !ipv6, loopback: true }),
  )
  const all: Problem[] = [...problems, ...unreachable, ...hostedZoneProblems(configDir, networks)]
  if (all.some(({ severity }) => severity === 'error')) {
    throw new UndeployableConfiguration(problemLines(all, maxErrors).join('\n'))
  }
  if (networks.length === 0) throw new UndeployableConfiguration(`${configDir}: there is no network: edges/ is empty`)
  return { networks, warnings: problemLines(all, maxWarnings) }
}

/** By network of a folder: the hash of the bundle that a deploy brings (behaviour §11.5). */
export function bundleHashes(configDir: string, templates = ownTemplates): Map<string, string> {
  const snapshot = snapshotOf(configFolder(configDir), configFolder(templates))
  return new Map(
    snapshot.configuration.networks.flatMap(({ name }) => {
      const reading = readingOf(snapshot, name)
      return reading.is === 'valid' ? [[name, reading.loaded.hash] as const] : []
    }),
  )
}
