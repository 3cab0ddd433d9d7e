import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import { Duration, Stack } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import type { Network } from '../functions/core/config/network.ts'
import { type AlarmRule, alarmRules } from '../functions/core/operation/alarm-rules.ts'
import { runbookOf } from '../functions/core/operation/alarm-texts.ts'
import { cycleMetric, functionMetric } from './metrics.ts'

export interface NetworkAlarmsProps {
  readonly network: Network
  /** The name of the function that runs the cycles. */
  readonly manageFunction: string
  readonly topic: ITopic
}

const operators = {
  '<': ComparisonOperator.LESS_THAN_THRESHOLD,
  '>=': ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
}

const missingData = { breaching: TreatMissingData.BREACHING, notBreaching: TreatMissingData.NOT_BREACHING }

/** The alarms of one network; each tells the topic when it goes off and when it is over. */
export function networkAlarms(scope: Construct, props: NetworkAlarmsProps): Alarm[] {
  const action = new SnsAction(props.topic)
  return alarmRules(props.network).map(rule => {
    const alarm = new Alarm(scope, `Alarm-${rule.name}`, {
      alarmName: `edgemanage-${props.network.name}-${rule.name}`,
      alarmDescription: rule.description,
      metric: metricOf(rule, props),
      comparisonOperator: operators[rule.when],
      threshold: rule.threshold,
      datapointsToAlarm: rule.breaching,
      evaluationPeriods: rule.of,
      treatMissingData: missingData[rule.missing],
    })
    alarm.addAlarmAction(action)
    alarm.addOkAction(action)
    return alarm
  })
}

function metricOf({ metric, ...points }: AlarmRule, { network, manageFunction }: NetworkAlarmsProps) {
  return metric === 'Errors'
    ? functionMetric(manageFunction, metric, points)
    : cycleMetric(network.name, metric, points)
}

/**
 * The alarm for functions that have to wait because the account runs as many as it may: one for the stack, as that number is
 * the account's in the region. A metric without dimensions counts all functions (AWS Lambda, "Types of metrics").
 */
export function throttledAlarm(scope: Construct, topics: readonly ITopic[]): Alarm {
  const alarm = new Alarm(scope, 'Alarm-throttled', {
    alarmName: `${Stack.of(scope).stackName}-throttled`,
    alarmDescription: `Functions of this account in this region had to wait or were not run, so cycles start late or not at all. Look at the concurrent executions in Lambda; young accounts have ten. Ask for a higher quota (Service Quotas, AWS Lambda, "Concurrent executions"), or find the function that takes them all. More: ${runbookOf('throttled')}`,
    metric: new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'Throttles',
      statistic: 'Sum',
      period: Duration.minutes(1),
    }),
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    datapointsToAlarm: 3,
    evaluationPeriods: 5,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  })
  for (const topic of topics) {
    alarm.addAlarmAction(new SnsAction(topic))
    alarm.addOkAction(new SnsAction(topic))
  }
  return alarm
}
