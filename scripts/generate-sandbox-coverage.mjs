// Writes docs/sandbox-coverage.md: every operation of ECR, IAM and STS, served by the sandbox or not, and what differs from AWS on purpose.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
const at = path => fileURLToPath(new URL(`../${path}`, import.meta.url))
const scratch = at(`node_modules/.cache/accesslab-coverage-${process.pid}`)
mkdirSync(scratch, { recursive: true })
const outfile = join(scratch, 'operations.mjs')
buildSync({
  entryPoints: [at('sandbox/operations.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
})
const { operations } = await import(pathToFileURL(outfile).href)
rmSync(scratch, { recursive: true })

const clients = {
  sts: await import('@aws-sdk/client-sts'),
  iam: await import('@aws-sdk/client-iam'),
  ecr: await import('@aws-sdk/client-ecr'),
}
const all = client =>
  Object.values(client)
    .filter(schema => Array.isArray(schema) && schema[0] === 9)
    .map(schema => schema[2])
    .sort()

const section = service => {
  const names = all(clients[service])
  const served = names.filter(name => Object.hasOwn(operations[service], name))
  const missing = names.filter(name => !served.includes(name))
  return `## ${service}: ${served.length} of ${names.length}\n\nServed: ${served.join(', ')}.\n\nAnswered \`NotImplemented\`, 501, by name: ${missing.join(', ')}.\n`
}

const page = `# What the sandbox serves

Made by \`npm run generate\` from the SDK clients' models and the sandbox's own registries. Do not edit.

${Object.keys(clients).map(section).join('\n')}
## What differs from AWS on purpose

* One endpoint on loopback serves all services; the signature's scope, the API version and the target header tell them apart. \`Host\` must be
  127.0.0.1, localhost, [::1] or a name under .localhost, with the sandbox's port.
* Any region is accepted in a signature, for IAM too: clients with an endpoint override sign IAM with their own region.
* Changes are enforced at once, unless a propagation delay is asked for. Nothing throttles, unless a fault is asked for.
* \`aws:SecureTransport\` is true although the wire is plain HTTP: a policy that denies plain HTTP means the open network.
* An account that the sandbox does not have counts as one that does not exist, in trust and repository policies.
* MFA devices may be made, but a \`SerialNumber\` or \`TokenCode\` is refused as not implemented: no code is ever taken for right.
* \`PackedPolicySize\` is an estimate: AWS does not publish the packed form.
* A layer's download URL leads back to the sandbox, not to S3.
* The organization over accounts with control policies has a management account that is not in the sandbox, so every account can be bound.
* \`_catalog\`, deletions and cross-repository mounts are not in the registry face; a mount request begins an ordinary upload.
* Errors of the sandbox's own are \`NotImplemented\` (501) and \`InternalFailure\` (500).
`
writeFileSync(at('docs/sandbox-coverage.md'), page)
