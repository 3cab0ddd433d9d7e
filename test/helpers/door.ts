import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bytesOf } from './requests.ts'

/** A door before a stand-in: what comes to `url` is met, and goes on to the stand-in if whoever meets it says so. */
export interface Door {
  readonly url: string
  readonly close: () => Promise<void>
}

/** One request at a door: whose work it is, as in `PUT /bucket/key` or `UpdateItem`, and a way to let it through, which resolves when it is done. */
export type Meet = (what: string, pass: () => Promise<void>) => Promise<void>

/** Starts a door. A request is answered when `meet` resolves, if it was let through; otherwise never. */
export async function startDoor(to: string, meet: Meet): Promise<Door> {
  const { hostname, port } = new URL(to)
  const server = createServer(async (incoming, response) => {
    const body = await bytesOf(incoming)
    const { method = '', url = '', headers } = incoming
    const target = headers['x-amz-target']
    const what = target === undefined ? `${method} ${url.split('?')[0]}` : String(target).split('.')[1]
    let answer = () => {}
    const pass = () =>
      new Promise<void>((resolve, reject) => {
        const sent = httpRequest({ hostname, port, method, path: url, headers }, async answered => {
          const text = await bytesOf(answered)
          answer = () => response.writeHead(answered.statusCode ?? 500, answered.headers).end(text)
          resolve()
        })
        sent.on('error', reject).end(body)
      })
    await meet(String(what), pass)
    answer()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
