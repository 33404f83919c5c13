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
  const request = requestHead(message)
  if (!isOurHost(request.headers.host)) return send(response, foreignHost)
  if (isRegistryPath(request.path)) return send(response, await answerRegistry(core, request, message))
  if (isLayerPath(request.path)) return send(response, answerLayer(core, request))
  if (request.path !== '/') return send(response, unknownPath)
  try {
    request.body = await readBody(message, request.headers)
    send(response, await answer(core, request))
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error
    send(response, { status: 413, headers: { Connection: 'close' }, body: '' })
  }
}

const nothing = Buffer.alloc(0)

/** The request without its body. */
const requestHead = (message: IncomingMessage): HttpRequest => {
  const [path = '/', query = ''] = splitOnce(message.url ?? '/')
  const headers = headersOf(message.rawHeaders)
  const { method = 'GET', socket } = message
  return { method, path, query, headers, body: nothing, sourceIp: socket.remoteAddress ?? loopback }
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
  if (host === lastHost && host !== undefined) return true
  const [, name] = /^(\[::1\]|[A-Za-z0-9.-]+):\d+$/.exec(host ?? '') ?? []
  if (name === undefined) return false
  const isOurs = name === loopback || name === '[::1]' || name === 'localhost' || name.endsWith('.localhost')
  if (isOurs) lastHost = host
  return isOurs
}

/** One of ours: a client sends the same each time. */
let lastHost: string | undefined

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
