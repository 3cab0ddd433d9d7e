import type { Context } from 'aws-lambda'
import { readStatusTemplates } from './adapters/files/status-templates.ts'
import { dynamoDBClient } from './adapters/table/dynamodb-client.ts'
import { dynamoDBRows } from './adapters/table/dynamodb-rows.ts'
import { createJournal } from './adapters/table/journal.ts'
import { clock } from './adapters/time/clock.ts'
import type { Network } from './core/config/network.ts'
import { renderWidget, type StatusTemplates } from './core/status-page/markup.ts'
import { networkView } from './core/status-page/page.ts'
import type { Journal } from './cycle/ports/journal.ts'
import { createStatusMemory } from './cycle/status-memory.ts'
import { readEnvironment } from './lambda/environment.ts'
import { type ConfigurationAccess, lookAtConfiguration, openConfigurations } from './lambda/in-force.ts'
import { describeWidget, parseWidgetEvent, widgetOptions, widgetSpans } from './lambda/widget.ts'

interface Status {
  readonly name: string
  readonly access: ConfigurationAccess
  readonly journal: Journal
  /**
   * What it read stays for as long as the function is warm, and the same configuration is in force: a page that keeps itself
   * up to date asks again and again.
   */
  look: { readonly network: Network; readonly at: ReturnType<typeof createStatusMemory> } | null
  readonly templates: StatusTemplates
}

let opened: Status | null = null

function open(env: NodeJS.ProcessEnv): Status {
  const environment = readEnvironment(env)
  const access = openConfigurations(environment, env)
  const journal = createJournal(dynamoDBRows(dynamoDBClient(env), environment.tableName))
  const templates = readStatusTemplates(environment.templatesDir)
  return { name: environment.network, access, journal, look: null, templates }
}

/** A CloudWatch custom widget: its event in, HTML out; `{describe: true}` gives Markdown. Reads only. */
export async function handler(event: unknown, context: Pick<Context, 'invokedFunctionArn'>): Promise<string> {
  const input = parseWidgetEvent(event)
  opened ??= open(process.env)
  const { name, access, journal, templates } = opened
  if (input.describe) return describeWidget(name)
  const { network } = await lookAtConfiguration(access, name)
  const now = clock()
  if (opened.look?.network !== network) opened.look = { network, at: createStatusMemory(network, journal) }
  const facts = await opened.look.at(now, widgetSpans(input, now))
  return renderWidget(templates, networkView(facts), widgetOptions(input, network, context.invokedFunctionArn))
}
