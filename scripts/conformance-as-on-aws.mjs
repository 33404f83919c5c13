// The conformance suite as against AWS, where the endpoint is a sandbox in a process of its own: what holds there is what it asserts on AWS,
// and nothing may be left of it. `npm run build && node scripts/conformance-as-on-aws.mjs [vitest's arguments]`
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr'
import {
  GetAccountAuthorizationDetailsCommand,
  IAMClient,
  ListInstanceProfilesCommand,
  ListOpenIDConnectProvidersCommand,
  ListVirtualMFADevicesCommand,
} from '@aws-sdk/client-iam'

for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'accesslab-conformance-'))
const lab = (...args) =>
  spawnSync(process.execPath, [join(root, 'dist/lab.js'), ...args], { cwd: folder, encoding: 'utf8' })

/** Names of what is in the account beside its admin. */
const left = async () => {
  const iam = new IAMClient({})
  const details = await iam.send(
    new GetAccountAuthorizationDetailsCommand({ Filter: ['User', 'Role', 'Group', 'LocalManagedPolicy'] }),
  )
  const { InstanceProfiles } = await iam.send(new ListInstanceProfilesCommand({}))
  const { OpenIDConnectProviderList } = await iam.send(new ListOpenIDConnectProvidersCommand({}))
  const { VirtualMFADevices } = await iam.send(new ListVirtualMFADevicesCommand({}))
  const { repositories } = await new ECRClient({}).send(new DescribeRepositoriesCommand({}))
  return [
    ...[...details.UserDetailList, ...details.RoleDetailList, ...details.GroupDetailList, ...details.Policies],
    ...[...InstanceProfiles, ...OpenIDConnectProviderList],
    ...VirtualMFADevices.map(({ SerialNumber }) => ({ Arn: SerialNumber })),
    ...repositories.map(({ repositoryArn }) => ({ Arn: repositoryArn })),
  ]
    .map(({ Arn }) => Arn)
    .filter(arn => !arn.endsWith(':user/admin'))
}

let exitCode = 1
try {
  const started = lab('sandbox', 'start', '--json')
  if (started.status !== 0) throw new Error(started.stderr)
  const { variables, accounts } = JSON.parse(started.stdout)
  for (const [name, value] of Object.entries(variables)) if (value !== null) process.env[name] = value
  const [account] = accounts
  const env = { ...process.env, CONFORMANCE_TARGET: 'aws', LAB_AWS_ACCOUNTS: account.id ?? account }
  const words = ['vitest', 'run', 'tests/conformance', ...process.argv.slice(2)]
  exitCode = spawnSync('npx', words, { cwd: root, env, stdio: 'inherit' }).status ?? 1
  const things = await left()
  if (things.length > 0) {
    process.stderr.write(`left behind:\n${things.join('\n')}\n`)
    exitCode = 1
  } else process.stdout.write('nothing is left in the account\n')
} finally {
  lab('sandbox', 'stop')
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = exitCode
