import { type App, Validations } from 'aws-cdk-lib/core'
import { AwsSolutionsChecks } from 'cdk-nag'
import { assetFolder, type Bundle, bundleFunctions } from './assets.ts'
import { catalog } from './catalog.ts'
import { bundleHashes, configDirOf, readConfiguration } from './configuration.ts'
import { costLine } from './cost-line.ts'
import { EdgemanageStack } from './stack.ts'

/** The code of every function of the catalog. */
export function bundleCatalog(): Promise<Bundle> {
  return bundleFunctions(catalog.map(({ name }) => name))
}

/**
 * Adds the whole system to an app, as its context asks (`configDir`, `tableName`, `bucketName`, `stackName`), with the
 * assets gathered in a folder that must stay until synthesis; `bundled`: the functions' code, where it is there already.
 * Gives the stack, the configuration's warnings and a line on each network's cost; throws `UndeployableConfiguration`.
 */
export async function addSystem(
  app: App,
  into: string,
  bundled?: Bundle,
): Promise<{ stack: EdgemanageStack; warnings: readonly string[]; costs: readonly string[] }> {
  const context = (key: string): string | undefined => app.node.tryGetContext(key) || undefined
  const configDir = configDirOf(context('configDir'), process.env)
  const { networks, warnings } = readConfiguration(configDir)
  const bundle = bundled ?? (await bundleCatalog())
  const hashes = bundleHashes(configDir)
  const stack = new EdgemanageStack(app, context('stackName') ?? 'edgemanage', {
    networks,
    configuration: network => String(hashes.get(network.name)),
    assetFolder: (network, name) => assetFolder({ bundle, configDir, into }, network, name),
    tableName: context('tableName'),
    bucketName: context('bucketName'),
  })
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }))
  return { stack, warnings, costs: networks.map(costLine) }
}
