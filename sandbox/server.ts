import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream'
import { answer } from './answer.ts'
import { BodyTooLarge, readBody } from './http-body.ts'
import { answerLayer, isLayerPath } from './layer-route.ts'
import { answerRegistry, isRegistryPath } from './registry/index.ts'
import type { Core } from './sandbox-core.ts'
import { SandboxError } from './sandbox-error.ts'
import type { HttpAnswer, HttpRequest } from './wire/exchange.ts'

export interface RunningServer {
  port: number
  /** Requests answered so far. */
  requests(): number
  close(): Promise<void>
}

const loopback = '127.0.0.1'

/** Serves the API on the loopback interface only. @throws SandboxError when the port is taken */
export const serve = async (core: Core, port: number): Promise<RunningServer> => {
  let requests = 0
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 120_000 }, (message, response) => {
    requests += 1
    respond(core, message, response).catch(() => response.destroy())
  })
  await listen(server, port)
  const address = server.address() as AddressInfo
  return { port: address.port, requests: () => requests, close: () => close(server) }
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', cause =>
      reject(
        new SandboxError(
          `port ${port} on ${loopback} cannot be used: ${cause.message}`,
          'choose another port, or 0 for a free one',
          { cause },
        ),
      ),
    )
    server.listen(port, loopback, resolve)
  })

const close = (server: Server): Promise<void> =>
  new Promise(resolve => {
    server.close(() => resolve())
    server.closeIdleConnections()
    // A client that keeps a request open must not keep the process.
    setTimeout(() => server.closeAllConnections(), 1000).unref()
  })

const respond = async (core: Core, message: IncomingMessage, response: ServerResponse): Promise<void> => {
  if (!isOurHost(message.headers.host)) return send(response, foreignHost)
  const request = requestHead(message)
  if (isRegistryPath(request.path)) return send(response, await answerRegistry(core, request, message))
  if (isLayerPath(request.path)) return send(response, answerLayer(core, request))
  if (request.path !== '/') return send(response, unknownPath)
  try {
    const body = await readBody(message)
    send(response, await answer(core, { ...request, body }))
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error
    send(response, { status: 413, headers: { Connection: 'close' }, body: '' })
  }
}

const requestHead = (message: IncomingMessage): Omit<HttpRequest, 'body'> => {
  const [path = '/', query = ''] = splitOnce(message.url ?? '/')
  const headers = headersOf(message.rawHeaders)
  return { method: message.method ?? 'GET', path, query, headers, sourceIp: message.socket.remoteAddress ?? loopback }
}

/** Node's own `headers` join a repeated one with a blank, or drop it: a signature covers every value. */
const headersOf = (raw: readonly string[]): Record<string, string> => {
  const headers: Record<string, string> = Object.create(null)
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at]?.toLowerCase() ?? ''
    const value = raw[at + 1] ?? ''
    headers[name] = name in headers ? `${headers[name]},${value}` : value
  }
  return headers
}

const splitOnce = (url: string): string[] => {
  const at = url.indexOf('?')
  return at < 0 ? [url] : [url.slice(0, at), url.slice(at + 1)]
}

const send = (response: ServerResponse, { status, headers, body, file, cut }: HttpAnswer): void => {
  if (cut === 'reset') {
    response.socket?.resetAndDestroy()
    return
  }
  response.writeHead(status, { 'Content-Length': Buffer.byteLength(body), ...headers })
  if (cut === 'truncate') response.write(body.slice(0, body.length / 2), () => response.destroy())
  else if (file === undefined) response.end(body)
  else pipeline(createReadStream(file), response, () => {})
}

/** A page of the web that rebinds its name to this address still sends its own name. The port may be a forwarder's. */
const isOurHost = (host: string | undefined): boolean => {
  const [, name] = /^(\[::1\]|[A-Za-z0-9.-]+):\d+$/.exec(host ?? '') ?? []
  if (name === undefined) return false
  return name === loopback || name === '[::1]' || name === 'localhost' || name.endsWith('.localhost')
}

const foreignHost: HttpAnswer = {
  status: 403,
  headers: { 'Content-Type': 'text/plain' },
  body: 'the sandbox answers to 127.0.0.1, localhost and [::1] only\n',
}

/** STS's recorded answer to any other path. */
const unknownPath: HttpAnswer = {
  status: 404,
  headers: { 'Content-Type': 'text/xml' },
  body: '<UnknownOperationException/>\n',
}
