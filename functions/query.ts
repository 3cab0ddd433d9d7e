import type { Context } from 'aws-lambda'
import { clock } from './adapters/time/clock.ts'
import { InvalidInput } from './core/domain/errors.ts'
import { lookAtEdges, lookAtPast } from './cycle/look.ts'
import type { Journal } from './cycle/ports/journal.ts'
import { withinList, withinPast } from './lambda/answer.ts'
import { readEnvironment } from './lambda/environment.ts'
import { type ConfigurationAccess, lookAtConfiguration, openConfigurations } from './lambda/in-force.ts'
import { openJournal } from './lambda/open-ports.ts'
import { parseQueryEvent } from './lambda/query-event.ts'
import { replayInTime } from './lambda/replay-in-time.ts'

let opened: { readonly name: string; readonly access: ConfigurationAccess; readonly journal: Journal } | null = null

async function open(env: NodeJS.ProcessEnv) {
  const environment = readEnvironment(env)
  const access = await openConfigurations(environment, env)
  return {
    name: environment.network,
    access,
    journal: openJournal(env, environment.tableName),
  }
}

/**
 * How edges stand: `{health?, state?, mode?}`; the past of one: `{edge, hours?}`; or what other settings would have done:
 * `{replay: {set?, hours?}}`. Reads only.
 */
export async function handler(event: unknown, context?: Pick<Context, 'getRemainingTimeInMillis'>): Promise<object> {
  const input = parseQueryEvent(event)
  opened ??= await open(process.env)
  const { name, access, journal } = opened
  const { network } = await lookAtConfiguration(access, name)
  if (input.kind === 'list') return withinList(await lookAtEdges(network, journal, input.filter, clock()))
  if (input.kind === 'replay')
    return replayInTime(input, { network, journal }, () => context?.getRemainingTimeInMillis())
  const past = await lookAtPast(network, journal, input, clock())
  if (typeof past === 'string') throw new InvalidInput(past)
  return withinPast(past)
}
