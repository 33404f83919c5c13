// Malformed requests, half of them well signed, against a sandbox on loopback: `node scripts/soak/fuzz.mjs [requests=100000] [seed=1]`.
// Every answer must be a well-formed 4xx or 501, or the connection closes; valid calls in between succeed; memory stays within bounds.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundle, scratchFolder } from '../load.mjs'

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
const requests = Number(process.argv[2] ?? 100_000)
const seed = Number(process.argv[3] ?? 1)
const atOnce = 20
/** What the server may hold more at the end than when a tenth was done. */
const mostGrowth = 40_000_000

const file = join(scratchFolder(), 'fuzz.mjs')
await bundle('scripts/soak/fuzz-source.ts', file)
const { chanceFrom, exchange, modelledServices, volley } = await import(pathToFileURL(file).href)
const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')

const directory = mkdtempSync(join(tmpdir(), 'accesslab-fuzz-'))
const server = fork(fileURLToPath(new URL('fuzz-server.mjs', import.meta.url)), [file, directory], {
  execArgv: ['--expose-gc'],
})
let crashed = null
server.once('exit', (code, signal) => {
  crashed = signal ?? `exit code ${code}`
})
const [{ port, region, credentials }] = await once(server, 'message')
const sts = new STSClient({ endpoint: `http://127.0.0.1:${port}`, region, credentials, maxAttempts: 1 })
const memory = async () => {
  server.send('memory')
  return (await once(server, 'message'))[0]
}

const chance = chanceFrom(seed)
const target = { port, credentials, services: await modelledServices() }
const statuses = {}
const faults = new Map()
let early
const started = performance.now()
for (let sent = 0; sent < requests && crashed === null; sent += atOnce) {
  for (const { message, answer, fault } of await volley(chance, target, atOnce)) {
    const status = answer === '' ? 'closed' : (answer?.slice(9, 12) ?? 'hangs')
    statuses[status] = (statuses[status] ?? 0) + 1
    if (fault === null) continue
    const [, text = ''] = /(?:<Message>|"message":")([^<"]{0,200})/.exec(answer ?? '') ?? []
    const key = `${fault}: ${text.replace(/`.*/s, '')}`
    const known = faults.get(key)
    faults.set(key, { count: (known?.count ?? 0) + 1, message: known?.message ?? message, answer })
  }
  if (sent % 1000 === 0) await sts.send(new GetCallerIdentityCommand({}))
  if (early === undefined && sent >= requests / 10) early = await memory()
  if (sent % 10_000 === 0) console.log(`${sent} sent, ${Math.round((performance.now() - started) / 1000)} s`)
}

const head = `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/x-www-form-urlencoded\r\n`
const tooLarge = await exchange(port, `${head}Content-Length: 10000001\r\n\r\n`)
await sts.send(new GetCallerIdentityCommand({}))
const late = await memory()
server.kill()
rmSync(directory, { recursive: true, force: true })

const mega = bytes => `${(bytes / 1e6).toFixed(0)} MB`
console.log('statuses', statuses)
console.log(`heap ${mega(early.heapUsed)} -> ${mega(late.heapUsed)}, resident ${mega(early.rss)} -> ${mega(late.rss)}`)
for (const [fault, { count, message, answer }] of faults) {
  console.log(
    `\n${count} times ${fault}\n${JSON.stringify(message.replace(/(.)\1{50,}/g, '$1…').slice(-1500))}\n${answer?.slice(0, 700)}`,
  )
}
const problems = [
  ...(crashed === null ? [] : [`the server ended with ${crashed}`]),
  ...(faults.size === 0 ? [] : [`${faults.size} kinds of wrong answers`]),
  ...(/^HTTP\/1\.1 413 /.test(tooLarge ?? '') ? [] : ['a body over the limit was not refused']),
  ...(late.heapUsed - early.heapUsed > mostGrowth ? ['the heap grew'] : []),
  ...(late.rss - early.rss > 3 * mostGrowth ? ['the resident memory grew'] : []),
]
for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
sts.destroy()
