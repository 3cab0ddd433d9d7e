import { type App, Validations } from 'aws-cdk-lib/core'
import { AwsSolutionsChecks } from 'cdk-nag'
import { defaultStackName } from '../functions/core/operation/vantage-name.ts'
import { assetFolder, type Bundle, bundleFunctions } from './assets.ts'
import { catalog } from './catalog.ts'
import { configDirOf, readConfiguration } from './configuration.ts'
import { costLine } from './cost-line.ts'
import { unheardWarning } from './notifications.ts'
import { deployOptions } from './options.ts'
import { rememberedNames } from './remembered-names.ts'
import { EdgemanageStack } from './stack.ts'
import { addVantagePoints } from './vantage-points.ts'
import type { VantageStack } from './vantage-stack.ts'

/** What was added to an app. */
export interface System {
  readonly stack: EdgemanageStack
  /** One stack for every region with a vantage point. */
  readonly vantages: readonly VantageStack[]
  readonly warnings: readonly string[]
  readonly costs: readonly string[]
}

/** The code of every function of the catalog. */
export function bundleCatalog(): Promise<Bundle> {
  return bundleFunctions(catalog.map(({ name }) => name))
}

/**
 * Adds the whole system to an app, as its context asks (infra/README.md, "Context"), with the
 * assets gathered in a folder that must stay until synthesis; `bundled`: the functions' code, where it is there already.
 * Gives the stacks, the configuration's warnings and a line on each network's cost; throws `UndeployableConfiguration`.
 */
export async function addSystem(app: App, into: string, bundled?: Bundle): Promise<System> {
  const context = (key: string): string | undefined => app.node.tryGetContext(key) || undefined
  const configDir = configDirOf(context('configDir'), process.env)
  const options = deployOptions(app.node)
  const { networks, warnings } = readConfiguration(configDir, undefined, options.reach?.ipv6)
  const stackName = context('stackName') ?? defaultStackName
  const names = rememberedNames(app.node, stackName, process.env)
  const bundle = bundled ?? (await bundleCatalog())
  const stack = new EdgemanageStack(app, stackName, {
    networks,
    assetFolder: (network, name) => assetFolder({ bundle, configDir, into }, network, name),
    ...names,
    options,
  })
  const vantages = await addVantagePoints(stack, networks, into)
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }))
  const unheard = unheardWarning(networks) ?? []
  const costs = networks.map(network => costLine(network, options.memoryFloor))
  return { stack, vantages, warnings: [...warnings, ...[unheard].flat()], costs }
}
