// Signed requests sent again byte for byte over one kept connection: a client that costs next to nothing, so that what is measured is the server.
import { createServer, request as forward } from 'node:http'
import { connect } from 'node:net'
import { calls, clientsTo } from './calls.mjs'

export const listening = server =>
  new Promise(done => server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${server.address().port}`)))

/** What a call of the SDK looks like on its way to the sandbox, and what comes back: `{ asked, answered }`. */
export const recorded = async (send, sandbox) => {
  let kept
  const hop = createServer(async (request, response) => {
    const { method, url, rawHeaders: headers } = request
    const body = Buffer.concat(await request.toArray())
    const onward = forward({ host: '127.0.0.1', port: sandbox.port, method, path: url, headers }, async answer => {
      const { statusCode: status, rawHeaders } = answer
      kept = {
        asked: { method, url, headers, body },
        answered: { status, headers: rawHeaders, body: Buffer.concat(await answer.toArray()) },
      }
      response.writeHead(status, rawHeaders).end(kept.answered.body)
    })
    onward.end(body)
  })
  const through = clientsTo(await listening(hop), sandbox.accounts[0].admin)
  await send(through)
  for (const client of Object.values(through)) client.destroy()
  hop.close()
  return kept
}

/** Sends what was asked to a port again and again; `times(n)` resolves when the nth answer is whole. */
const replaying = ({ method, url, headers, body }, port) => {
  const lines = headers.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${headers[at + 1]}`] : []))
  const bytes = Buffer.concat([
    Buffer.from(`${method} ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1'),
    body,
  ])
  const socket = connect(port, '127.0.0.1').setNoDelay()
  let [came, waiting] = ['', () => {}]
  socket.setEncoding('latin1').on('data', text => {
    came += text
    const head = came.indexOf('\r\n\r\n')
    if (head < 0) return
    if (!came.startsWith('HTTP/1.1 200')) throw new Error(`a replayed request was answered with ${came.slice(0, 400)}`)
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(came)?.[1])
    if (came.length < head + 4 + length) return
    came = ''
    waiting()
  })
  const once = () =>
    new Promise(done => {
      waiting = done
      socket.write(bytes)
    })
  return {
    times: async n => {
      for (let sent = 0; sent < n; sent += 1) await once()
    },
    close: () => socket.destroy(),
  }
}

/**
 * Measures the sandbox against a server of canned replies, by turns in short rounds: `measure(call, rounds, each)` gives the least processor time
 * of an answer so far, in microseconds with the client's share, `own` of the sandbox and `floor` of the other.
 */
export const sandboxToCanned = async sandbox => {
  let reply
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(reply.status, reply.headers).end(reply.body))
  })
  await listening(server)
  const known = new Map()
  const begin = async name => {
    const { asked, answered } = await recorded(calls.find(call => call.name === name).send, sandbox)
    const sides = { own: Infinity, floor: Infinity }
    known.set(name, {
      answered,
      sides,
      own: replaying(asked, sandbox.port),
      floor: replaying(asked, server.address().port),
    })
  }
  return {
    measure: async (name, rounds, each) => {
      if (!known.has(name)) await begin(name)
      const { answered, sides, ...clients } = known.get(name)
      reply = answered
      for (let round = 0; round < rounds; round += 1)
        for (const kind of ['own', 'floor']) {
          const before = process.cpuUsage()
          await clients[kind].times(each)
          const { user, system } = process.cpuUsage(before)
          sides[kind] = Math.min(sides[kind], (user + system) / each)
        }
      return sides
    },
    close: () => {
      for (const { own, floor } of known.values()) for (const client of [own, floor]) client.close()
      server.close()
    },
  }
}
