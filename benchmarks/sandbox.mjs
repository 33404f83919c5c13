// Requests per second and latency of the sandbox with a keep-alive SDK client, against a server of canned replies in the same run: the
// client's own ceiling. Client and server share one core's worth of one process, as in `lab run`. `node benchmarks/sandbox.mjs [requests]`
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, request as forward } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
const count = Number(process.argv[2]) || 3000
const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
const { CreateRoleCommand, GetRoleCommand, IAMClient } = await import('@aws-sdk/client-iam')
const { CreateRepositoryCommand, ECRClient, ListImagesCommand } = await import('@aws-sdk/client-ecr')

// Inside the repository, so that Node finds the packages.
const scratch = fileURLToPath(new URL(`../node_modules/.cache/accesslab-benchmark-${process.pid}/`, import.meta.url))
mkdirSync(scratch, { recursive: true })
const outfile = join(scratch, 'sandbox.mjs')
buildSync({
  entryPoints: [fileURLToPath(new URL('../sandbox/index.ts', import.meta.url))],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
})

const xml = (name, namespace, result) =>
  `<${name}Response xmlns="${namespace}">\n  <${name}Result>${result}</${name}Result>\n  <ResponseMetadata>\n    <RequestId>x</RequestId>\n  </ResponseMetadata>\n</${name}Response>\n`
const identity = xml(
  'GetCallerIdentity',
  'https://sts.amazonaws.com/doc/2011-06-15/',
  '<Arn>arn:aws:iam::111122223333:user/admin</Arn><UserId>AIDAAAAAAAAAAAAAAAAAA</UserId><Account>111122223333</Account>',
)
let reply = { status: 200, headers: {}, body: identity }
const cannedServer = createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(reply.status, reply.headers).end(reply.body))
})
await new Promise(done => cannedServer.listen(0, '127.0.0.1', done))
const clientsTo = (endpoint, credentials) => {
  const config = () => ({ endpoint, region: 'us-west-2', credentials: { ...credentials } })
  return { sts: new STSClient(config()), iam: new IAMClient(config()), ecr: new ECRClient(config()) }
}
const anyone = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) }
const ceiling = clientsTo(`http://127.0.0.1:${cannedServer.address().port}`, anyone)
// The client's own first call costs as much as the sandbox's start: it is not the sandbox's.
await ceiling.sts.send(new GetCallerIdentityCommand({}))

const directory = mkdtempSync(join(tmpdir(), 'accesslab-benchmark-'))
const processor = since => {
  const { user, system } = process.cpuUsage(since)
  return `${((user + system) / 1000).toFixed(0)} ms of processor`
}
const before = performance.now()
const { startSandbox } = await import(pathToFileURL(outfile).href)
const imported = performance.now()
const cpu = process.cpuUsage()
const sandbox = await startSandbox({ directory })
const clients = clientsTo(sandbox.endpoint, sandbox.accounts[0].admin)
await clients.sts.send(new GetCallerIdentityCommand({}))
const answered = performance.now()
console.log(
  `import of the sandbox ${(imported - before).toFixed(0)} ms; start to first answer ${(answered - imported).toFixed(0)} ms, ${processor(cpu)}`,
)

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }],
})
await clients.iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trust }))
await clients.ecr.send(new CreateRepositoryCommand({ repositoryName: 'team-a' }))

/** What the sandbox answers to a call, byte for byte with its headers: the canned server gives the same, so both cost the client alike. */
const recorded = async send => {
  let kept
  const hop = createServer((request, response) => {
    const { method, url, rawHeaders } = request
    const onward = forward(
      { host: '127.0.0.1', port: sandbox.port, method, path: url, headers: rawHeaders },
      async answer => {
        kept = { status: answer.statusCode, headers: answer.rawHeaders, body: Buffer.concat(await answer.toArray()) }
        response.writeHead(kept.status, kept.headers).end(kept.body)
      },
    )
    request.pipe(onward)
  })
  await new Promise(done => hop.listen(0, '127.0.0.1', done))
  const through = clientsTo(`http://127.0.0.1:${hop.address().port}`, sandbox.accounts[0].admin)
  await send(through)
  for (const client of Object.values(through)) client.destroy()
  hop.close()
  return kept
}

const calls = [
  { name: 'GetCallerIdentity', send: ({ sts }) => sts.send(new GetCallerIdentityCommand({})) },
  { name: 'GetRole', send: ({ iam }) => iam.send(new GetRoleCommand({ RoleName: 'r' })) },
  { name: 'ListImages', send: ({ ecr }) => ecr.send(new ListImagesCommand({ repositoryName: 'team-a' })) },
]

const quantile = (times, share) => times.toSorted((a, b) => a - b)[Math.floor(times.length * share)]

/** Processor time of client and server together: other work on the machine lengthens it least. */
const perCall = (microseconds, times) => (microseconds / times.length).toFixed(0)

/** By turns in short rounds, so that the machine's other work slows both alike. */
const measure = async send => {
  const times = { canned: [], sandbox: [], cpu: { canned: 0, sandbox: 0 } }
  for (let round = 0; round * 100 < count; round += 1) {
    for (const [kind, to] of [
      ['canned', ceiling],
      ['sandbox', clients],
    ]) {
      const cpu = process.cpuUsage()
      for (let n = 0; n < 100; n += 1) {
        const started = performance.now()
        await send(to)
        if (round > 1) times[kind].push(performance.now() - started)
      }
      const { user, system } = process.cpuUsage(cpu)
      if (round > 1) times.cpu[kind] += user + system
    }
  }
  return times
}

console.log(
  'call                 requests/s   p50 ms   p99 ms   canned p50   ratio of p50   processor µs   canned   ratio',
)
for (const { name, send } of calls) {
  reply = await recorded(send)
  const times = await measure(send)
  const own = quantile(times.sandbox, 0.5)
  const top = quantile(times.canned, 0.5)
  console.log(
    `${name.padEnd(20)} ${(1000 / own).toFixed(0).padStart(10)} ${own.toFixed(2).padStart(8)} ${quantile(times.sandbox, 0.99).toFixed(2).padStart(8)} ${top.toFixed(2).padStart(12)} ${(top / own).toFixed(2).padStart(14)} ${perCall(times.cpu.sandbox, times.sandbox).padStart(14)} ${perCall(times.cpu.canned, times.canned).padStart(8)} ${(times.cpu.canned / times.cpu.sandbox).toFixed(2).padStart(7)}`,
  )
}

cannedServer.close()
cannedServer.closeAllConnections()
for (const client of [...Object.values(clients), ...Object.values(ceiling)]) client.destroy()
await sandbox.close()
for (const folder of [scratch, directory]) rmSync(folder, { recursive: true, force: true })
