import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Stack } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'

/** The topic that every alarm of the stack tells, with the e-mail addresses that listen to it. */
export function notifications(scope: Construct, emails: readonly string[]): Topic {
  const topic = new Topic(scope, 'Alarms', { enforceSSL: true })
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
  for (const email of new Set(emails)) topic.addSubscription(new EmailSubscription(email))
  return topic
}
