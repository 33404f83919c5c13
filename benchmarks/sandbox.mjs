// Requests per second and latency of the sandbox with a keep-alive SDK client, against a server of canned replies in the same run: the
// client's own ceiling. Client and server share one process, as in `lab run`. Then, where Python has moto, against moto_server, each in a
// process of its own. `node benchmarks/run.mjs sandbox`; calls: BENCH_CALLS, default 6000.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'
import { anyone, byTurns, calls, clientsTo, furnish } from './calls.mjs'
import { median, quantile } from './measure.mjs'
import { listening, recorded } from './replay.mjs'

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
const rounds = Math.ceil((Number(process.env.BENCH_CALLS) || 6000) / 100)
const root = fileURLToPath(new URL('..', import.meta.url))

export const name = 'sandbox'

/** The sandbox's sources in one file, inside the repository, so that Node finds the packages. */
export const sandboxBundle = () => {
  const scratch = join(root, `node_modules/.cache/accesslab-benchmark-${process.pid}`)
  mkdirSync(scratch, { recursive: true })
  const outfile = join(scratch, 'sandbox.mjs')
  const entryPoints = [join(root, 'sandbox/index.ts')]
  buildSync({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' })
  return { outfile, remove: () => rmSync(scratch, { recursive: true, force: true }) }
}

/** Of each call: the row, and the ratio of processor time, canned to sandbox. */
export const againstCanned = async (outfile, rounds) => {
  const directory = mkdtempSync(join(tmpdir(), 'accesslab-benchmark-'))
  const { startSandbox } = await import(pathToFileURL(outfile).href)
  const sandbox = await startSandbox({ directory })
  let reply = { status: 200, headers: {}, body: '' }
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(reply.status, reply.headers).end(reply.body))
  })
  const kinds = {
    canned: clientsTo(await listening(server), anyone),
    sandbox: clientsTo(sandbox.endpoint, sandbox.accounts[0].admin),
  }
  await furnish(kinds.sandbox)
  const rows = []
  for (const { name: call, send } of calls) {
    reply = (await recorded(send, sandbox)).answered
    const found = await byTurns(send, kinds, rounds)
    const [own, top] = [median(found.sandbox.times), median(found.canned.times)]
    const processor = found.canned.processor / found.sandbox.processor
    const what = `sandbox ${call}, ${(1000 / own).toFixed(0)}/s, p99 ${quantile(found.sandbox.times, 0.99).toFixed(1)} ms`
    rows.push({ what, ms: own, against: 'canned replies', againstMs: top, ratio: top / own, processor, aim: '>= 0.8' })
  }
  server.close()
  server.closeAllConnections()
  for (const client of Object.values(kinds).flatMap(Object.values)) client.destroy()
  await sandbox.close()
  rmSync(directory, { recursive: true, force: true })
  return rows
}

const startToAnswer = outfile => {
  const script = fileURLToPath(new URL('sandbox-start.mjs', import.meta.url))
  const runs = Array.from({ length: 10 }, () => JSON.parse(execFileSync(process.execPath, [script, outfile])))
  const wall = median(runs.map(each => each.wall))
  const ms = median(runs.map(({ processor }) => processor))
  const what = `sandbox, start to first answer, processor (clock: ${wall.toFixed(0)} ms)`
  return { what, ms, against: '60 ms', againstMs: 60, ratio: ms / 60, aim: '<= 1' }
}

export const againstMoto = async outfile => {
  const what = 'sandbox, times faster'
  const script = `import { startSandbox } from ${JSON.stringify(pathToFileURL(outfile).href)}
    const { endpoint, accounts } = await startSandbox({ directory: process.argv[1] })
    process.stdout.write(JSON.stringify({ endpoint, admin: accounts[0].admin }))`
  const directory = mkdtempSync(join(tmpdir(), 'accesslab-benchmark-'))
  const port = await freePort()
  const moto = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
  const own = spawn(process.execPath, ['--input-type=module', '-e', script, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const theirs = clientsTo(`http://127.0.0.1:${port}`, anyone)
    if (!(await answers(theirs, moto))) return [{ what, skipped: 'no moto for python3' }]
    const { endpoint, admin } = JSON.parse(await new Promise(done => own.stdout.once('data', done)))
    const kinds = { moto: theirs, sandbox: clientsTo(endpoint, admin) }
    const rows = []
    for (const clients of Object.values(kinds)) await furnish(clients)
    for (const { name: call, send } of calls) {
      const found = await byTurns(send, kinds, 15, 20)
      const [ms, againstMs] = [median(found.sandbox.times), median(found.moto.times)]
      rows.push({ what: `${what}: ${call}`, ms, against: 'moto_server', againstMs, ratio: againstMs / ms, aim: '>= 5' })
    }
    for (const client of Object.values(kinds).flatMap(Object.values)) client.destroy()
    return rows
  } finally {
    own.kill()
    moto.kill()
    rmSync(directory, { recursive: true, force: true })
  }
}

const freePort = async () => {
  const server = createServer()
  await listening(server)
  const { port } = server.address()
  await new Promise(done => server.close(done))
  return port
}

/** false: the server ended before it answered. */
const answers = async ({ sts }, child) => {
  for (let tries = 0; tries < 240; tries += 1) {
    if (child.exitCode !== null) return false
    const answered = await calls[0].send({ sts }).then(
      () => true,
      () => false,
    )
    if (answered) return true
    await new Promise(done => setTimeout(done, 250))
  }
  return false
}

export const run = async () => {
  const { outfile, remove } = sandboxBundle()
  try {
    return [...(await againstCanned(outfile, rounds)), startToAnswer(outfile), ...(await againstMoto(outfile))]
  } finally {
    remove()
  }
}
