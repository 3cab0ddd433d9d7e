import type { Context } from 'aws-lambda'
import { readStatusTemplates } from './adapters/files/status-templates.ts'
import { clock } from './adapters/time/clock.ts'
import type { Network } from './core/config/network.ts'
import { renderWidget, type StatusTemplates } from './core/status-page/markup.ts'
import { networkView } from './core/status-page/page.ts'
import type { Journal } from './cycle/ports/journal.ts'
import { statusFacts } from './cycle/status-facts.ts'
import { readEnvironment } from './lambda/environment.ts'
import { configuredNetwork } from './lambda/network.ts'
import { openJournal } from './lambda/open-ports.ts'
import { describeWidget, parseWidgetEvent, widgetOptions, widgetSpans } from './lambda/widget.ts'

interface Status {
  readonly network: Network
  readonly journal: Journal
  readonly templates: StatusTemplates
}

let opened: Status | null = null

function open(env: NodeJS.ProcessEnv): Status {
  const environment = readEnvironment(env)
  const { network } = configuredNetwork(environment)
  const journal = openJournal(env, environment.tableName)
  return { network, journal, templates: readStatusTemplates(environment.templatesDir) }
}

/** A CloudWatch custom widget: its event in, HTML out; `{describe: true}` gives Markdown. Reads only. */
export async function handler(event: unknown, context: Pick<Context, 'invokedFunctionArn'>): Promise<string> {
  const input = parseWidgetEvent(event)
  opened ??= open(process.env)
  const { network, journal, templates } = opened
  if (input.describe) return describeWidget(network.name)
  const now = clock()
  const facts = await statusFacts(network, journal, now, widgetSpans(input, now))
  return renderWidget(templates, networkView(facts), widgetOptions(input, network, context.invokedFunctionArn))
}
