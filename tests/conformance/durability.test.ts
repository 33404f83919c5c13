import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { IAMClient, paginateListRoles } from '@aws-sdk/client-iam'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox } from '../../sandbox/index.ts'
import { randomFrom } from '../../sandbox/random.ts'
import { onSandboxOnly } from './on-aws.ts'

onSandboxOnly('AWS cannot be killed')

/** More with DURABILITY_KILLS. */
const kills = Number(process.env.DURABILITY_KILLS ?? 3)
const writers = 3
const random = randomFrom(Number(process.env.DURABILITY_SEED ?? 1))

const repository = resolve(import.meta.dirname, '../..')
// Inside the repository, so that Node finds its packages.
const scratch = join(repository, 'node_modules/.cache/accesslab-durability', String(process.pid))
let directory: string

/** A process of its own that serves the state and writes to it; it tells each intent before, and each acknowledgement after. */
const writer = `
  import { startSandbox } from './sandbox.mjs'
  import { CreateRoleCommand, DeleteRoleCommand, IAMClient, TagRoleCommand } from '@aws-sdk/client-iam'
  const [directory, prefix] = process.argv.slice(2)
  const sandbox = await startSandbox({ directory })
  const iam = new IAMClient({ endpoint: sandbox.endpoint, region: sandbox.region, credentials: sandbox.accounts[0].admin, maxAttempts: 1 })
  const trust = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }] })
  const say = text => process.stdout.write(text + '\\n')
  for (let n = 0; ; n += 1) {
    const RoleName = prefix + '-' + n
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }))
    say('created ' + RoleName)
    await iam.send(new TagRoleCommand({ RoleName, Tags: [{ Key: 'n', Value: String(n) }] }))
    if (n % 3 !== 2) continue
    const old = prefix + '-' + (n - 1)
    say('deleting ' + old)
    await iam.send(new DeleteRoleCommand({ RoleName: old }))
    say('deleted ' + old)
  }`

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'accesslab-durability-'))
  mkdirSync(scratch, { recursive: true })
  writeFileSync(join(scratch, 'writer.mjs'), writer)
  await build({
    entryPoints: [join(repository, 'sandbox/index.ts')],
    outfile: join(scratch, 'sandbox.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  })
})
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true })
  rmSync(directory, { recursive: true, force: true })
})

/** What writers said, until `enough` acknowledgements of all together; then all are killed at once. */
const storm = async (round: number, enough: number): Promise<string[]> => {
  const said: string[] = []
  const children: ChildProcess[] = []
  const killAll = () => {
    for (const one of children) one.kill('SIGKILL')
  }
  await new Promise<void>((done, fail) => {
    let left = writers
    for (let at = 0; at < writers; at += 1) {
      const child = spawn(process.execPath, [join(scratch, 'writer.mjs'), directory, `r${round}w${at}`], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env.PATH, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
      })
      children.push(child)
      let rest = ''
      child.stdout?.on('data', (chunk: Buffer) => {
        const lines = (rest + chunk.toString()).split('\n')
        rest = lines.pop() ?? ''
        said.push(...lines)
        if (said.length >= enough) killAll()
      })
      let complaint = ''
      child.stderr?.on('data', (chunk: Buffer) => {
        complaint += chunk.toString()
      })
      child.on('close', (code, signal) => {
        if (signal !== 'SIGKILL') {
          killAll()
          fail(new Error(`a writer ended by itself with ${code ?? signal}, after ${said.length} lines: ${complaint}`))
        }
        left -= 1
        if (left === 0) done()
      })
    }
  })
  return said
}

const rolesNow = async (): Promise<Set<string>> => {
  const sandbox = await startSandbox({ directory })
  const [account] = sandbox.accounts
  if (account === undefined) throw new Error('the accounts are gone')
  const client = new IAMClient({
    endpoint: sandbox.endpoint,
    region: sandbox.region,
    credentials: { ...account.admin },
  })
  const names = new Set<string>()
  for await (const page of paginateListRoles({ client }, {}))
    for (const role of page.Roles ?? []) names.add(role.RoleName ?? '')
  await sandbox.close()
  return names
}

test(
  `three processes that write are killed ${kills} times, and nothing acknowledged is lost`,
  async () => {
    const created = new Set<string>()
    const maybeGone = new Set<string>()
    const gone = new Set<string>()
    for (let round = 0; round < kills; round += 1) {
      for (const line of await storm(round, 30 + Math.floor(random() * 120))) {
        const [word = '', name = ''] = line.split(' ')
        const list = { created, deleting: maybeGone, deleted: gone }[word]
        if (list === undefined) throw new Error(`a writer said ${line}`)
        list.add(name)
      }
      const there = await rolesNow()
      expect([...created].filter(name => !there.has(name) && !maybeGone.has(name))).toEqual([])
      expect([...gone].filter(name => there.has(name))).toEqual([])
    }
    expect(created.size).toBeGreaterThan(kills * 10)
  },
  kills * 60_000,
)
