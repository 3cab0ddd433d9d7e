import { join } from 'node:path'
import type { Network } from '../functions/core/config/network.ts'
import { type Bundle, bundleFunctions, codeFolder } from './assets.ts'
import type { EdgemanageStack } from './stack.ts'
import { VantageStack } from './vantage-stack.ts'

/** The regions that any of these networks has a vantage point in, by name. */
export function vantageRegions(networks: readonly Network[]): string[] {
  return [...new Set(networks.flatMap(({ settings }) => settings.vantages))].sort()
}

/** The code of a vantage point: apart, so that the other functions' code is the same with and without it. */
export function bundleVantage(): Promise<Bundle> {
  return bundleFunctions(['vantage'])
}

/**
 * Adds a stack to the app for every region with a vantage point; none where no network has any. The main stack depends on
 * them, so that they are there before a cycle asks, and are removed after it. `into`: where assets are gathered.
 */
export async function addVantagePoints(
  main: EdgemanageStack,
  networks: readonly Network[],
  into: string,
): Promise<VantageStack[]> {
  const regions = vantageRegions(networks)
  if (regions.length === 0) return []
  const assetFolder = codeFolder(await bundleVantage(), 'vantage', join(into, 'vantage-point'))
  return regions.map(region => {
    const stack = new VantageStack(main.node.root, `${main.stackName}-vantage-${region}`, {
      mainStack: main.stackName,
      region,
      assetFolder,
    })
    main.addStackDependency(stack, 'cycles ask the vantage points')
    return stack
  })
}
