import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { Schedule, ScheduleExpression, TimeWindow } from 'aws-cdk-lib/aws-scheduler'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import { Duration, Stack } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'

export interface NetworkScheduleProps {
  readonly network: string
  /** Seconds from one cycle to the next; whole minutes (behaviour §8.2). */
  readonly runFrequency: number
  readonly target: IFunction
  readonly deadLetters: IQueue
}

/** The schedule that starts a network's cycles. A late cycle is worth nothing: no retry, no event older than 60 s. */
export function networkSchedule(scope: Construct, props: NetworkScheduleProps): Schedule {
  const { network, target, deadLetters } = props
  const role = schedulerRole(scope, props)
  return new Schedule(scope, 'Schedule', {
    scheduleName: `edgemanage-${network}`,
    description: `Starts a cycle of ${network}. Disable it to stop the network's cycles; its zones stay as they are.`,
    schedule: ScheduleExpression.rate(Duration.seconds(props.runFrequency)),
    timeWindow: TimeWindow.off(),
    target: {
      bind: () => ({
        arn: target.functionArn,
        role,
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
        deadLetterConfig: { arn: deadLetters.queueArn },
      }),
    },
  })
}

function schedulerRole(scope: Construct, { network, target, deadLetters }: NetworkScheduleProps): Role {
  const allow = (sid: string, action: string, resource: string) =>
    new PolicyStatement({ sid, effect: Effect.ALLOW, actions: [action], resources: [resource] })
  const statements = [
    allow('StartCycles', 'lambda:InvokeFunction', target.functionArn),
    allow('UndeliveredCycles', 'sqs:SendMessage', deadLetters.queueArn),
  ]
  return new Role(scope, 'ScheduleRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
    description: `Starts cycles of ${network}`,
    inlinePolicies: { own: new PolicyDocument({ statements }) },
  })
}
