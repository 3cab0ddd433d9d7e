import type { Context } from 'aws-lambda'
import { readStatusTemplates } from './adapters/files/status-templates.ts'
import { clock } from './adapters/time/clock.ts'
import { renderWidget } from './core/status-page/markup.ts'
import { networkView } from './core/status-page/page.ts'
import { createStatusMemory } from './cycle/status-memory.ts'
import { readEnvironment } from './lambda/environment.ts'
import { configuredNetwork } from './lambda/network.ts'
import { openJournal } from './lambda/open-ports.ts'
import { describeWidget, parseWidgetEvent, widgetOptions, widgetSpans } from './lambda/widget.ts'

let opened: ReturnType<typeof open> | null = null

function open(env: NodeJS.ProcessEnv) {
  const environment = readEnvironment(env)
  const { network } = configuredNetwork(environment)
  // What it read stays for as long as the function is warm: a page that keeps itself up to date asks again and again.
  const look = createStatusMemory(network, openJournal(env, environment.tableName))
  return { network, look, templates: readStatusTemplates(environment.templatesDir) }
}

/** A CloudWatch custom widget: its event in, HTML out; `{describe: true}` gives Markdown. Reads only. */
export async function handler(event: unknown, context: Pick<Context, 'invokedFunctionArn'>): Promise<string> {
  const input = parseWidgetEvent(event)
  opened ??= open(process.env)
  const { network, look, templates } = opened
  if (input.describe) return describeWidget(network.name)
  const now = clock()
  const facts = await look(now, widgetSpans(input, now))
  return renderWidget(templates, networkView(facts), widgetOptions(input, network, context.invokedFunctionArn))
}
