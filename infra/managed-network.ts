import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import { CfnOutput, Tags } from 'aws-cdk-lib/core'
import { Construct } from 'constructs'
import { asksRoute53 } from '../functions/core/config/asked-servers.ts'
import type { Network } from '../functions/core/config/network.ts'
import { minMemory, probingMemory } from '../functions/core/operation/memory.ts'
import { configurationOutput } from '../functions/core/operation/stack-names.ts'
import { networkAlarms } from './alarms.ts'
import { catalog, functionName } from './catalog.ts'
import { NetworkFunction } from './network-function.ts'
import { networkSchedule } from './network-schedule.ts'
import type { DeployOptions } from './options.ts'
import { recordZones } from './record-rights.ts'
import type { Storage } from './storage.ts'

export interface ManagedNetworkProps {
  readonly network: Network
  /** The hash of the bundle that this deploy brings. */
  readonly configuration: string
  /** The folder with everything that this function of the network runs. */
  readonly assetFolder: (functionName: string) => string
  readonly storage: Storage
  readonly deadLetters: IQueue
  readonly topic: ITopic
  /** How many networks of the stack push to Route 53. */
  readonly pushingNetworks: number
  readonly options: DeployOptions
  /** Of functions that probe from inside a VPC. */
  readonly securityGroupIds: readonly string[]
}

/** One network: its functions, the schedule that starts its cycles, and its alarms. */
export class ManagedNetwork extends Construct {
  readonly network: Network
  readonly manageFunction: string
  /** The function that answers a dashboard's custom widget. */
  readonly statusFunctionArn: string
  readonly alarms: readonly IAlarm[]
  /** What starts its cycles. */
  readonly schedules: readonly Construct[]

  constructor(scope: Construct, id: string, props: ManagedNetworkProps) {
    super(scope, id)
    const { network, deadLetters, topic } = props
    this.network = network
    this.manageFunction = functionName(network.name, { name: 'manage' })
    const functions = new Map<string, NetworkFunction>()
    const zones = recordZones(network)
    const schedules: Construct[] = []
    for (const spec of catalog) {
      const managed = new NetworkFunction(this, spec.name, {
        ...props,
        network: network.name,
        vantages: network.settings.vantages,
        spec,
        recordZones: zones,
        asksRoute53: asksRoute53(network.settings),
        assetFolder: props.assetFolder(spec.name),
        memoryMegabytes: Math.max(spec.probes ? probingMemory(network) : minMemory, props.options.memoryFloor),
      })
      functions.set(spec.name, managed)
      if (spec.scheduled) schedules.push(this.startCycles(managed, deadLetters))
    }
    this.schedules = schedules
    const deployed = new CfnOutput(this, 'Configuration', {
      value: props.configuration,
      description: `The configuration of ${network.name} that this deploy brought`,
    })
    deployed.overrideLogicalId(configurationOutput(network.name))
    this.statusFunctionArn = String(functions.get('status')?.lambda.functionArn)
    this.alarms = networkAlarms(this, { network, manageFunction: this.manageFunction, topic })
    Tags.of(this).add('edgemanage:network', network.name)
  }

  private startCycles(managed: NetworkFunction, deadLetters: IQueue): Construct {
    const { name, settings } = this.network
    const target = managed.lambda
    const schedule = networkSchedule(this, { network: name, runFrequency: settings.run_frequency, target, deadLetters })
    // Not before the function knows that it must not try again.
    schedule.node.addDependency(managed)
    return schedule
  }
}
