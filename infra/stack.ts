import type { Topic } from 'aws-cdk-lib/aws-sns'
import { CfnOutput, Stack, Tags } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import type { Network } from '../functions/core/config/network.ts'
import { throttledAlarm } from './alarms.ts'
import { dashboard } from './dashboard.ts'
import { deadLetters } from './dead-letters.ts'
import { stackKey } from './encryption.ts'
import { ManagedNetwork } from './managed-network.ts'
import { offeredPolicies } from './managed-policies.ts'
import { notifications } from './notifications.ts'
import { operatorPolicy } from './operator-policy.ts'
import type { DeployOptions } from './options.ts'
import { securityGroups } from './reach.ts'
import { Storage, type StorageProps } from './storage.ts'

export interface EdgemanageStackProps extends Omit<StorageProps, 'key'> {
  readonly options: DeployOptions
  readonly networks: readonly Network[]
  /** The hash of a network's bundle. */
  readonly configuration: (network: Network) => string
  /** The folder with everything that this function of this network runs. */
  readonly assetFolder: (network: Network, functionName: string) => string
}

/** The whole system: storage that outlives it, and for each network functions, a schedule and alarms. */
export class EdgemanageStack extends Stack {
  constructor(scope: Construct, id: string, props: EdgemanageStackProps) {
    super(scope, id, {
      description: 'edgemanage: probes edges and publishes the healthy ones as DNS zones',
      // Half of a template of many zones would be blanks.
      suppressTemplateIndentation: true,
    })
    const { options } = props
    const key = stackKey(this, options.kmsKeyArn)
    const storage = new Storage(this, 'Storage', { ...props, key })
    const queue = deadLetters(this)
    const topics = notifications(this, props.networks)
    const pushingNetworks = props.networks.filter(({ settings }) => settings.route53.enabled).length
    const securityGroupIds = options.reach === null ? [] : securityGroups(this, options.reach)
    const networks = props.networks.map(
      network =>
        new ManagedNetwork(this, `Network-${network.name}`, {
          network,
          configuration: props.configuration(network),
          assetFolder: functionName => props.assetFolder(network, functionName),
          storage,
          deadLetters: queue,
          topic: topics.get(network.name) as Topic,
          pushingNetworks,
          options,
          securityGroupIds,
        }),
    )
    startOneAfterAnother(networks.flatMap(({ schedules }) => schedules))
    const { reader, follower, operator } = offeredPolicies(
      this,
      storage,
      props.networks.map(({ name }) => name),
    )
    operatorPolicy(
      this,
      props.networks.map(({ name }) => name),
      storage,
    )
    dashboard(this, networks, queue)
    new CfnOutput(this, 'TableName', { value: storage.table.tableName, description: 'State and history' })
    new CfnOutput(this, 'BucketName', { value: storage.bucket.bucketName, description: 'Zones and live lists' })
    // The one that nobody listens to comes first: it is the one to subscribe to.
    const isHeard = (topic: Topic) => Number(topic.node.id !== 'Alarms')
    const distinct = [...new Set(topics.values())].sort((a, b) => isHeard(a) - isHeard(b))
    throttledAlarm(this, distinct)
    for (const [at, topic] of distinct.entries()) {
      const of = [...topics].flatMap(([network, one]) => (one === topic ? network : [])).join(', ')
      const description = `Subscribe to hear of the alarms of ${of}`.slice(0, 1024)
      new CfnOutput(this, at === 0 ? 'AlarmTopic' : `AlarmTopic${at + 1}`, { value: topic.topicArn, description })
    }
    new CfnOutput(this, 'ReaderPolicy', { value: reader.managedPolicyArn, description: 'For name servers' })
    new CfnOutput(this, 'FollowerPolicy', { value: follower.managedPolicyArn, description: 'For edgemanage follow' })
    new CfnOutput(this, 'OperatorPolicy', { value: operator.managedPolicyArn, description: 'For people' })
    Tags.of(this).add('application', 'edgemanage')
    for (const [name, value] of Object.entries(options.tags)) Tags.of(this).add(name, value)
  }
}

/**
 * Schedules that are made one after another do not start their functions in the same second: one without a start date runs
 * from when it is made (EventBridge Scheduler, "Rate-based schedules"), and stays in that rhythm. A start date cannot do it:
 * one that lies more than five minutes back is refused, also by later updates.
 */
function startOneAfterAnother(schedules: readonly Construct[]): void {
  for (const [at, schedule] of schedules.entries()) {
    const earlier = schedules[at - 1]
    if (earlier !== undefined) schedule.node.addDependency(earlier)
  }
}
