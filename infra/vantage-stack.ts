import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { vantageMegabytes } from '../functions/core/operation/paid-besides.ts'
import { vantageFunctionName } from '../functions/core/operation/vantage-name.ts'

export interface VantageStackProps {
  /** The name of the stack whose cycles ask this vantage point. */
  readonly mainStack: string
  readonly region: string
  /** The folder with everything the function runs. */
  readonly assetFolder: string
}

/**
 * A vantage point in another region (behaviour §10.2): one function that keeps nothing and may do nothing but write its own
 * log. Who may call it is the matter of the callers' roles.
 */
export class VantageStack extends Stack {
  constructor(scope: Construct, id: string, { mainStack, region, assetFolder }: VantageStackProps) {
    const description = `edgemanage: a vantage point of ${mainStack}, which sees its edges from ${region}`
    super(scope, id, { description, env: { region } })
    const functionName = vantageFunctionName(mainStack)
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const ownLog = new PolicyStatement({
      sid: 'OwnLog',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    })
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `${functionName}: its own log, and nothing else`,
      inlinePolicies: { own: new PolicyDocument({ statements: [ownLog], minimize: false }) },
    })
    new LambdaFunction(this, 'Function', {
      functionName,
      description: `How edges answer in ${region}: the cycles of ${mainStack} ask when one would leave the live set.`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'vantage.handler',
      code: Code.fromAsset(assetFolder),
      timeout: Duration.seconds(30),
      memorySize: vantageMegabytes,
      role: role.withoutPolicyUpdates(),
      logGroup,
      environment: { NODE_OPTIONS: '--enable-source-maps' },
    })
    Tags.of(this).add('application', 'edgemanage')
  }
}
