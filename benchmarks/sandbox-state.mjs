// How long the sandbox takes to open and to page through a state of 10,000 roles and 1,000 repositories, beside an empty one.
// `node benchmarks/sandbox-state.mjs [roles] [repositories]`
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
const [roleCount = 10_000, repositoryCount = 1000] = process.argv.slice(2).map(Number)
const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
const { CreateRoleCommand, IAMClient, paginateListRoles } = await import('@aws-sdk/client-iam')
const { CreateRepositoryCommand, ECRClient, paginateDescribeRepositories } = await import('@aws-sdk/client-ecr')

// Inside the repository, so that Node finds the packages.
const scratch = fileURLToPath(new URL(`../node_modules/.cache/accesslab-state-${process.pid}/`, import.meta.url))
mkdirSync(scratch, { recursive: true })
const root = fileURLToPath(new URL('..', import.meta.url))
buildSync({
  stdin: {
    contents: `export { startSandbox } from './sandbox/index.ts'
      export { openState } from './sandbox/state/lmdb-store.ts'
      export { roles } from './sandbox/iam/entities.ts'
      export { repositories } from './sandbox/ecr/entities.ts'`,
    resolveDir: root,
    loader: 'ts',
  },
  outfile: join(scratch, 'state.mjs'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
})
const { startSandbox, openState, roles, repositories } = await import(pathToFileURL(join(scratch, 'state.mjs')).href)
const directory = mkdtempSync(join(tmpdir(), 'accesslab-state-'))
const clientsTo = ({ endpoint, region, accounts }) => {
  const config = () => ({ endpoint, region, credentials: { ...accounts[0].admin } })
  return { sts: new STSClient(config()), iam: new IAMClient(config()), ecr: new ECRClient(config()) }
}

/** Milliseconds from the closed file to the first answer; then what `work` gives. */
const opened = async work => {
  const before = performance.now()
  const sandbox = await startSandbox({ directory })
  const clients = clientsTo(sandbox)
  await clients.sts.send(new GetCallerIdentityCommand({}))
  const took = performance.now() - before
  await work?.(clients)
  for (const client of Object.values(clients)) client.destroy()
  await sandbox.close()
  return took
}

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }],
})
await opened(async ({ iam, ecr }) => {
  await iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trust }))
  await ecr.send(new CreateRepositoryCommand({ repositoryName: 'repo' }))
})
const empty = await opened()

/** Copies of the one that the API made. */
const state = openState(directory)
state.write(store => {
  const role = store.get(roles, '111122223333', 'r')
  for (let n = 1; n < roleCount; n += 1)
    store.put(roles, { ...role, RoleName: `r${n}`, Arn: `${role.Arn}${n}` }, '111122223333', `r${n}`)
  const repository = store.get(repositories, '111122223333', 'us-west-2', 'repo')
  for (let n = 1; n < repositoryCount; n += 1)
    store.put(repositories, { ...repository, repositoryName: `r${n}` }, '111122223333', 'us-west-2', `r${n}`)
})
await state.close()

const lines = []
const pages = async (name, pager, of) => {
  const took = []
  let items = 0
  let before = performance.now()
  for await (const page of pager) {
    took.push(performance.now() - before)
    items += of(page).length
    before = performance.now()
  }
  const half = Math.floor(took.length / 2)
  const median = list => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]
  lines.push(
    `${name.padEnd(24)} ${String(items).padStart(6)} in ${String(took.length).padStart(3)} pages, ${median(took).toFixed(1)} ms a page; later half to earlier ${(median(took.slice(half)) / median(took.slice(0, half))).toFixed(2)}`,
  )
}
const full = await opened(async ({ iam, ecr }) => {
  await pages('ListRoles', paginateListRoles({ client: iam, pageSize: 100 }, {}), ({ Roles }) => Roles)
  await pages(
    'DescribeRepositories',
    paginateDescribeRepositories({ client: ecr, pageSize: 20 }, {}),
    page => page.repositories,
  )
})
console.log(
  `open to first answer: ${full.toFixed(0)} ms with ${roleCount} roles and ${repositoryCount} repositories, ${empty.toFixed(0)} ms with one of each`,
)
for (const line of lines) console.log(line)
for (const folder of [scratch, directory]) rmSync(folder, { recursive: true, force: true })
