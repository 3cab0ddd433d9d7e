import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import * as z from 'zod'
import { messageOf } from '../../core/domain/message.ts'
import { outcomes } from '../../core/domain/model.ts'
import { oneLine } from '../../core/domain/printable.ts'
import { type AskVantage, vantageVersion } from '../../cycle/ports/vantage.ts'
import { clientSettings } from './client-settings.ts'

/** Characters of what a vantage point tells of an outcome. */
const maxDetail = 300
/** A question and its answer are small; whoever sends more than this is no vantage point. */
const maxAnswerBytes = 100_000
/** The asking has a limit of its own; this one is beyond any. Milliseconds. */
const requestTimeoutMs = 60_000

const answerSchema = z.object({
  version: z.unknown(),
  region: z.string(),
  outcomes: z.array(
    z.object({
      name: z.string(),
      outcome: z.enum(outcomes),
      fetchSeconds: z.number().nonnegative().nullable(),
      detail: z.string(),
    }),
  ),
})

/** Vantage points by region: a function's ARN or name, each called once, without a second attempt. */
export function createVantagePoints(functions: ReadonlyMap<string, string>): AskVantage {
  const clients = new Map<string, LambdaClient>()
  const clientOf = (region: string) => {
    const known = clients.get(region)
    if (known !== undefined) return known
    const requestHandler = { ...clientSettings.requestHandler, requestTimeout: requestTimeoutMs }
    const client = new LambdaClient({ region, maxAttempts: 1, requestHandler })
    clients.set(region, client)
    return client
  }
  return async (region, question, signal) => {
    const FunctionName = functions.get(region)
    if (FunctionName === undefined) throw new Error('no function of this region is known')
    const Payload = JSON.stringify({ version: vantageVersion, ...question })
    const command = new InvokeCommand({ FunctionName, InvocationType: 'RequestResponse', Payload })
    const answer = await clientOf(region).send(command, { abortSignal: signal })
    const text = Buffer.from(answer.Payload ?? []).toString()
    if (answer.FunctionError !== undefined) throw new Error(errorWords(text))
    const asked = new Set(question.targets.map(({ name }) => name))
    return outcomesOf(text, asked)
  }
}

/** The outcomes of an answer, of edges that were asked about, each once; throws where it is no valid answer. */
function outcomesOf(text: string, asked: ReadonlySet<string>) {
  if (text.length > maxAnswerBytes) throw new Error('its answer is too long')
  const { success, data } = answerSchema.safeParse(jsonOf(text))
  if (success && data.version !== vantageVersion) throw new Error('it has another version: deploy all stacks')
  if (!success) throw new Error('its answer has a form that is not known here')
  const byName = new Map(data.outcomes.map(outcome => [outcome.name, outcome]))
  if (byName.size < data.outcomes.length) throw new Error('its answer has two outcomes for one edge')
  if ([...byName.keys()].some(name => !asked.has(name)))
    throw new Error('its answer is about edges it was not asked about')
  return [...byName.values()].map(outcome => ({ ...outcome, detail: oneLine(outcome.detail, maxDetail) }))
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The platform answers an error of a function as JSON; its message is what the function said. */
function errorWords(text: string): string {
  const { data } = z.object({ errorMessage: z.string() }).safeParse(jsonOf(text))
  return data === undefined ? 'it failed' : `it failed: ${oneLine(messageOf(new Error(data.errorMessage)), maxDetail)}`
}
