import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import type { Network } from '../functions/core/config/network.ts'
import { type AlarmRule, alarmRules } from '../functions/core/operation/alarm-rules.ts'
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
  return metric === 'Errors' || metric === 'Throttles'
    ? functionMetric(manageFunction, metric, points)
    : cycleMetric(network.name, metric, points)
}
