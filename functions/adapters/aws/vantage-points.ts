import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import * as z from 'zod'
import { messageOf } from '../../core/domain/message.ts'
import { outcomes } from '../../core/domain/model.ts'
import { oneLine } from '../../core/domain/printable.ts'
import { type AskVantage, vantageVersion } from '../../cycle/ports/vantage.ts'
import { clientSettings } from './client-settings.ts'

/** Characters of what a vantage point tells of an outcome. */
const maxDetail = 300
/** A question and its answer are small; anything that sends more than this is not a vantage point. */
const maxAnswerBytes = 100_000
/** The asking has a limit of its own; this one is beyond any. Milliseconds. */
const requestTimeoutMs = 60_000

const versionSchema = z.looseObject({ version: z.unknown().optional() })

const answerSchema = z.object({
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

/** What the platform answers for a function: its own answer, or how it failed. */
export interface Invoked {
  readonly text: string
  readonly isError: boolean
}

/** Invokes a function of a region with this payload, once; rejects where it is not reached. */
export type Invoke = (region: string, name: string, payload: string, signal: AbortSignal) => Promise<Invoked>

/** Vantage points by region: a function's ARN or name, each called once, without a second attempt. */
export function createVantagePoints(
  functions: ReadonlyMap<string, string>,
  invoke: Invoke = throughLambda(),
): AskVantage {
  return async (region, question, signal) => {
    const name = functions.get(region)
    if (name === undefined) throw new Error('no function of this region is known')
    const payload = JSON.stringify({ version: vantageVersion, ...question })
    const { text, isError } = await invoke(region, name, payload, signal)
    if (isError) throw new Error(errorWords(text))
    return outcomesOf(text, new Set(question.targets.map(({ name }) => name)))
  }
}

/** AWS Lambda, with a client for each region that is asked. */
function throughLambda(): Invoke {
  const clients = new Map<string, LambdaClient>()
  const clientOf = (region: string) => {
    const known = clients.get(region)
    if (known !== undefined) return known
    const requestHandler = { ...clientSettings.requestHandler, requestTimeout: requestTimeoutMs }
    const client = new LambdaClient({ region, maxAttempts: 1, requestHandler })
    clients.set(region, client)
    return client
  }
  return async (region, FunctionName, Payload, signal) => {
    const command = new InvokeCommand({ FunctionName, InvocationType: 'RequestResponse', Payload })
    const answer = await clientOf(region)
      .send(command, { abortSignal: signal })
      .catch(error => {
        throw new Error(faultWords(error), { cause: error })
      })
    return { text: Buffer.from(answer.Payload ?? []).toString(), isError: answer.FunctionError !== undefined }
  }
}

/** The outcomes of an answer, of edges that were asked about, each once; throws where it is not a valid answer. */
function outcomesOf(text: string, asked: ReadonlySet<string>) {
  if (text.length > maxAnswerBytes) throw new Error('its answer is too long')
  const answer = jsonOf(text)
  // Of another version nothing else can be said.
  const { data: head } = versionSchema.safeParse(answer)
  if (head !== undefined && head.version !== vantageVersion)
    throw new Error('it runs another version: deploy all stacks')
  const { success, data } = answerSchema.safeParse(answer)
  if (!success) throw new Error('its answer has an unknown form')
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

/** Why the platform did not get as far as the function, for an operator. */
function faultWords(error: unknown): string {
  const name = error instanceof Error ? error.name : ''
  if (name === 'CredentialsProviderError') return 'no AWS credentials were found to ask it with'
  if (name === 'ResourceNotFoundException') return 'there is no such function: deploy its stack'
  if (name === 'AccessDeniedException') return `no right to ask it: ${messageOf(error)}`
  return messageOf(error)
}

/** The platform answers an error of a function as JSON; its message is what the function said. */
function errorWords(text: string): string {
  const { data } = z.object({ errorMessage: z.string() }).safeParse(jsonOf(text))
  return data === undefined ? 'it failed' : `it failed: ${oneLine(messageOf(new Error(data.errorMessage)), maxDetail)}`
}
