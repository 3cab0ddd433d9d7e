import type { Context } from 'aws-lambda'
import { readStatusTemplates } from './adapters/files/status-templates.ts'
import { clock } from './adapters/time/clock.ts'
import type { Network } from './core/config/network.ts'
import { renderWidget } from './core/status-page/markup.ts'
import { networkView } from './core/status-page/page.ts'
import { createStatusMemory } from './cycle/status-memory.ts'
import { readEnvironment } from './lambda/environment.ts'
import { lookAtConfiguration, openConfigurations } from './lambda/in-force.ts'
import { openJournal } from './lambda/open-ports.ts'
import { describeWidget, parseWidgetEvent, widgetOptions, widgetSpans } from './lambda/widget.ts'

type Looking = { readonly network: Network; readonly at: ReturnType<typeof createStatusMemory> }

let opened: (Awaited<ReturnType<typeof open>> & { look: Looking | null }) | null = null

async function open(env: NodeJS.ProcessEnv) {
  const environment = readEnvironment(env)
  const access = await openConfigurations(environment, env)
  const journal = openJournal(env, environment.tableName)
  return { name: environment.network, access, journal, templates: readStatusTemplates(environment.templatesDir) }
}

/** A CloudWatch custom widget: its event in, HTML out; `{describe: true}` gives Markdown. Reads only. */
export async function handler(event: unknown, context: Pick<Context, 'invokedFunctionArn'>): Promise<string> {
  const input = parseWidgetEvent(event)
  opened ??= { ...(await open(process.env)), look: null }
  const { name, access, journal, templates } = opened
  if (input.describe) return describeWidget(name)
  const { network } = await lookAtConfiguration(access, name)
  const now = clock()
  // What it read stays while it is warm and the same configuration is in force: a page that is open asks again and again.
  if (opened.look?.network !== network) opened.look = { network, at: createStatusMemory(network, journal) }
  const facts = await opened.look.at(now, widgetSpans(input, now))
  return renderWidget(templates, networkView(facts), widgetOptions(input, network, context.invokedFunctionArn))
}
