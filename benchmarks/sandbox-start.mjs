// Start to first answer of a sandbox in this process, import excluded: `node benchmarks/sandbox-start.mjs BUNDLE` prints one JSON object. The
// client's own first call, which costs as much, is made before.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'

const directory = mkdtempSync(join(tmpdir(), 'accesslab-benchmark-'))
const clientOf = (endpoint, { accessKeyId, secretAccessKey }) =>
  new STSClient({ endpoint, region: 'us-west-2', credentials: { accessKeyId, secretAccessKey } })
const anyone = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) }
const canned = createServer((request, response) =>
  request.resume().on('end', () => response.end('<GetCallerIdentityResponse/>')),
)
await new Promise(done => canned.listen(0, '127.0.0.1', done))
await clientOf(`http://127.0.0.1:${canned.address().port}`, anyone).send(new GetCallerIdentityCommand({}))
canned.close()
canned.closeAllConnections()

const { startSandbox } = await import(pathToFileURL(process.argv[2]).href)
const cpu = process.cpuUsage()
const begun = performance.now()
const sandbox = await startSandbox({ directory })
await clientOf(sandbox.endpoint, sandbox.accounts[0].admin).send(new GetCallerIdentityCommand({}))
const wall = performance.now() - begun
const { user, system } = process.cpuUsage(cpu)
process.stdout.write(JSON.stringify({ wall, processor: (user + system) / 1000 }))
await sandbox.close()
rmSync(directory, { recursive: true, force: true })
process.exit()
