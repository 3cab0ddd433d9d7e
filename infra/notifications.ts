import { createHash } from 'node:crypto'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Stack } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import type { Network } from '../functions/core/config/network.ts'

/** The addresses that hear of a network's alarms, sorted, each once. */
export function addressesOf({ settings }: Pick<Network, 'settings'>): string[] {
  return [...new Set([settings.alarms.email ?? []].flat())].sort()
}

/**
 * A topic for each set of addresses among these networks, so that everybody hears of their own networks alone; by network
 * name. A topic is the same as long as its addresses are.
 */
export function notifications(scope: Construct, networks: readonly Network[]): Map<string, Topic> {
  const topics = new Map<string, Topic>()
  return new Map(
    networks.map(network => {
      const addresses = addressesOf(network)
      const key = addresses.join(',')
      const topic = topics.get(key) ?? topicFor(scope, addresses)
      topics.set(key, topic)
      return [network.name, topic] as const
    }),
  )
}

function topicFor(scope: Construct, addresses: readonly string[]): Topic {
  const hash = createHash('sha256').update(addresses.join(',')).digest('hex').slice(0, 8)
  const topic = new Topic(scope, addresses.length === 0 ? 'Alarms' : `Alarms-${hash}`, { enforceSSL: true })
  const { account } = Stack.of(scope)
  // A topic with a policy of its own loses the default one, by which alarms of the account may publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsOfThisAccount',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  )
  for (const address of addresses) topic.addSubscription(new EmailSubscription(address))
  return topic
}

/** A warning where alarms of these networks reach nobody; null where each has an address. */
export function unheardWarning(networks: readonly Network[]): string | null {
  const unheard = networks.filter(network => addressesOf(network).length === 0).map(({ name }) => name)
  if (unheard.length === 0) return null
  return `warning: nobody is notified of the alarms of ${unheard.join(', ')}: set alarms.email, or subscribe to the topic in the output AlarmTopic`
}
