import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHttpProbe } from '../../functions/adapters/probe/http-probe.ts'
import { createVantagePoint } from '../../functions/lambda/vantage-point.ts'
import { callerOf, textOf } from './requests.ts'

/** One invocation that reached the stand-in. */
export interface Invocation {
  /** The access key it was signed with. */
  readonly caller: string
  readonly region: string
  /** The function's name or ARN, as it was asked for. */
  readonly name: string
  readonly type: string
  readonly event: Record<string, unknown> & { readonly targets: { name: string; address: string }[] }
}

/** How a region's vantage point behaves; `answers`: what it says instead of the truth. */
export type VantageBehaviour =
  | 'works'
  | 'refuses addresses'
  | 'hangs'
  | 'throws'
  | 'fails'
  | 'is missing'
  | 'is forbidden'
  | { readonly bytes: number }
  | { readonly answers: (invocation: Invocation) => unknown }

/** AWS Lambda with a vantage point in every region, for one test. */
export interface LambdaStandin {
  readonly url: string
  readonly journal: Invocation[]
  readonly behave: (region: string, behaviour: VantageBehaviour) => void
  readonly close: () => Promise<void>
}

/** The vantage point of a region, as it is deployed, but for the addresses that it may fetch from. */
function vantageIn(region: string, mayFetch?: (address: string) => boolean) {
  const probe = createHttpProbe()
  return createVantagePoint({
    region,
    probe: (target, request, signal) =>
      probe(target, { ...request, headers: { ...request.headers, 'x-seen-from': region } }, signal),
    ...(mayFetch === undefined ? {} : { mayFetch }),
  })
}

/** Starts a stand-in of Lambda; its vantage points fetch from loopback, and edges know them by a header. */
export async function startLambda(): Promise<LambdaStandin> {
  const journal: Invocation[] = []
  const behaviours = new Map<string, VantageBehaviour>()
  const server = createServer(async (incoming, response) => {
    const [, , , name = ''] = (incoming.url ?? '').split('/')
    const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(incoming.headers.authorization ?? '')?.[1] ?? ''
    const event = JSON.parse(await textOf(incoming))
    const type = String(incoming.headers['x-amz-invocation-type'])
    const invocation = { caller: callerOf(incoming), region, name: decodeURIComponent(name), type, event }
    journal.push(invocation)
    const behaviour = behaviours.get(region) ?? 'works'
    const answer = (body: unknown, headers = {}) =>
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    const thrown = (error: Error) =>
      answer({ errorType: error.name, errorMessage: error.message }, { 'x-amz-function-error': 'Unhandled' })
    if (behaviour === 'hangs') return
    if (behaviour === 'throws') return void thrown(new Error('out of memory'))
    if (behaviour === 'fails') {
      response.writeHead(429, { 'x-amzn-errortype': 'TooManyRequestsException', 'content-type': 'application/json' })
      return void response.end(JSON.stringify({ message: 'Rate Exceeded.' }))
    }
    if (behaviour === 'is missing' || behaviour === 'is forbidden') {
      const [status, type] =
        behaviour === 'is missing' ? [404, 'ResourceNotFoundException'] : [403, 'AccessDeniedException']
      response.writeHead(status, { 'x-amzn-errortype': type, 'content-type': 'application/json' })
      return void response.end(JSON.stringify({ Message: `${invocation.name}: ${type}` }))
    }
    if (typeof behaviour === 'object' && 'bytes' in behaviour) return void answer('x'.repeat(behaviour.bytes))
    if (typeof behaviour === 'object') return void answer(behaviour.answers(invocation))
    const vantage = vantageIn(region, behaviour === 'works' ? () => true : undefined)
    await vantage(event).then(answer, thrown)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    journal,
    behave: (region, behaviour) => void behaviours.set(region, behaviour),
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
