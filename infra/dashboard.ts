import {
  AlarmStatusWidget,
  CustomWidget,
  Dashboard,
  GraphWidget,
  type IWidget,
  type Metric,
} from 'aws-cdk-lib/aws-cloudwatch'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import { Aws, Stack } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import type { Signal } from '../functions/core/operation/metric-names.ts'
import type { ManagedNetwork } from './managed-network.ts'
import { cycleMetric, functionMetric } from './metrics.ts'

type Networks = readonly ManagedNetwork[]

/** One page for the person on call: what is wrong, who is live and how slow, what changed, what the functions did. */
export function dashboard(scope: Construct, networks: Networks, deadLetters: IQueue): Dashboard {
  return new Dashboard(scope, 'Dashboard', {
    // Dashboards are the account's, in all regions at once.
    dashboardName: `${Stack.of(scope).stackName}-${Aws.REGION}`,
    widgets: [
      ...networks.map(network => [status(network)]),
      networks.map(alarmStates),
      [
        graph(8, 'Live edges', perCycle(networks, 'LiveEdges', 'Minimum')),
        graph(8, 'Live edges that are missing or fail', perCycle(networks, 'MissingLiveEdges', 'Maximum')),
        graph(8, 'Slowest live edge (seconds)', perCycle(networks, 'SlowestLiveSeconds', 'Maximum')),
      ],
      [
        graph(8, 'Rotations in 10 minutes', perCycle(networks, 'Rotations', 'Sum', 600)),
        graph(8, 'Zones that wait to be written', perCycle(networks, 'ZonesDue', 'Maximum')),
        graph(8, 'Edges that serve wrong bytes', perCycle(networks, 'VerifyFailures', 'Maximum')),
      ],
      [
        graph(8, 'Failed cycles', perFunction(networks, 'Errors', 'Sum')),
        graph(8, 'Duration of a cycle (milliseconds of 60,000)', perFunction(networks, 'Duration', 'Maximum')),
        graph(8, 'Cycles never delivered or failed (dead letters)', [deadLettersMetric(deadLetters)]),
      ],
    ],
  })
}

/** The network's status page; a viewer needs the right to invoke its function. */
function status({ network, statusFunctionArn }: ManagedNetwork): IWidget {
  return new CustomWidget({ title: network.name, functionArn: statusFunctionArn, width: 24, height: 9 })
}

function alarmStates({ network, alarms }: ManagedNetwork): IWidget {
  return new AlarmStatusWidget({ title: network.name, alarms: [...alarms], width: 12, height: 3 })
}

function graph(width: number, title: string, left: Metric[]): IWidget {
  return new GraphWidget({ title, left, width, leftYAxis: { min: 0 } })
}

function perCycle(networks: Networks, name: Signal, statistic: string, seconds = 60): Metric[] {
  return networks.map(({ network }) =>
    cycleMetric(network.name, name, { statistic, seconds }).with({ label: network.name }),
  )
}

function perFunction(networks: Networks, name: 'Errors' | 'Duration', statistic: string): Metric[] {
  return networks.map(({ network, manageFunction }) =>
    functionMetric(manageFunction, name, { statistic, seconds: 60 }).with({ label: network.name }),
  )
}

function deadLettersMetric(queue: IQueue): Metric {
  return queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', label: 'messages' })
}
