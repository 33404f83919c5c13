import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * What a meddler answers in AWS's stead; null: pass the request on. `nothing`: no answer ever, the request is kept. `kept`: it is passed on, and
 * the answer is never given.
 */
export type Meddling = (
  operation: string,
  body: string,
) => { status: number; type: string; body: string } | 'nothing' | 'kept' | null

export interface Meddler {
  endpoint: string
  /** Operations seen, in order. */
  seen: string[]
  close(): Promise<void>
}

/**
 * A server between a client and an endpoint that answers some calls itself. Requests pass byte for byte, Host header included, so that
 * signatures hold.
 *
 * @param reword what becomes of each answer's text; default: nothing
 */
export async function meddle(
  endpoint: string,
  meddling: Meddling,
  reword: (body: string) => string = body => body,
): Promise<Meddler> {
  const seen: string[] = []
  const { hostname, port } = new URL(endpoint)
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', chunk => chunks.push(chunk))
    incoming.on('end', () => {
      const body = Buffer.concat(chunks)
      const target = incoming.headers['x-amz-target']
      const operation =
        typeof target === 'string'
          ? `ecr:${target.split('.')[1]}`
          : (new URLSearchParams(body.toString('latin1')).get('Action') ?? '')
      seen.push(operation)
      const answer = meddling(operation, body.toString('utf8'))
      if (answer === 'nothing') return
      if (answer && answer !== 'kept') {
        outgoing.writeHead(answer.status, { 'content-type': answer.type, 'x-amzn-requestid': 'meddled' })
        outgoing.end(answer.body)
        return
      }
      const { method, headers, url: path } = incoming
      const passed = request({ hostname, port, method, headers, path }, response => {
        const parts: Buffer[] = []
        response.on('data', part => parts.push(part))
        response.on('end', () => {
          if (answer === 'kept') return
          const said = Buffer.concat(parts)
          const text = said.toString('utf8')
          const other = reword(text)
          const answered = other === text ? said : Buffer.from(other)
          const { 'transfer-encoding': _, ...kept } = response.headers
          outgoing.writeHead(response.statusCode ?? 502, { ...kept, 'content-length': answered.length })
          outgoing.end(answered)
        })
        response.on('error', () => outgoing.destroy())
      })
      passed.on('error', () => outgoing.destroy())
      passed.end(body)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** An error of a JSON 1.1 service, as ECR sends it. */
export const jsonError = (type: string, message: string, status = 400) => ({
  status,
  type: 'application/x-amz-json-1.1',
  body: JSON.stringify({ __type: type, message }),
})
