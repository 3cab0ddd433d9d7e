import { CfnOutput, Stack, Tags } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import type { Network } from '../functions/core/config/network.ts'
import { dashboard } from './dashboard.ts'
import { deadLetters } from './dead-letters.ts'
import { ManagedNetwork } from './managed-network.ts'
import { notifications } from './notifications.ts'
import { operatorPolicy } from './operator-policy.ts'
import { Storage, type StorageProps } from './storage.ts'

export interface EdgemanageStackProps extends StorageProps {
  readonly networks: readonly Network[]
  /** The hash of a network's bundle. */
  readonly configuration: (network: Network) => string
  /** The folder with everything that this function of this network runs. */
  readonly assetFolder: (network: Network, functionName: string) => string
}

/** The whole system: storage that outlives it, and for each network functions, a schedule and alarms. */
export class EdgemanageStack extends Stack {
  constructor(scope: Construct, id: string, props: EdgemanageStackProps) {
    super(scope, id, { description: 'edgemanage: probes edges and publishes the healthy ones as DNS zones' })
    const storage = new Storage(this, 'Storage', props)
    const queue = deadLetters(this)
    const emails = props.networks.flatMap(({ settings }) => settings.alarms.email ?? [])
    const topic = notifications(this, emails)
    const pushingNetworks = props.networks.filter(({ settings }) => settings.route53.enabled).length
    const networks = props.networks.map(
      network =>
        new ManagedNetwork(this, `Network-${network.name}`, {
          network,
          configuration: props.configuration(network),
          assetFolder: functionName => props.assetFolder(network, functionName),
          storage,
          deadLetters: queue,
          topic,
          pushingNetworks,
        }),
    )
    operatorPolicy(
      this,
      props.networks.map(({ name }) => name),
      storage,
    )
    dashboard(this, networks, queue)
    new CfnOutput(this, 'TableName', { value: storage.table.tableName, description: 'State and history' })
    new CfnOutput(this, 'BucketName', { value: storage.bucket.bucketName, description: 'Zones and live lists' })
    new CfnOutput(this, 'AlarmTopic', { value: topic.topicArn, description: 'Subscribe to hear of alarms' })
    Tags.of(this).add('application', 'edgemanage')
  }
}
