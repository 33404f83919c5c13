import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../sandbox/index.ts'
import { type Meddler, meddle } from '../faults/meddler.ts'
import { labsOf } from '../runner/engine/harness.ts'
import { labProcess } from './process.ts'

const same = (text: string) => text
const reason = 'because no identity-based policy allows the ecr:ListImages action'
const labWith = (deny: string) => `names: { repo: wording/repo, role: wording_role }
steps:
  - id: repo
    create-repository: { repository-name: "{{names.repo}}" }
  - id: role
    create-role:
      role-name: "{{names.role}}"
      assume-role-policy-document: { Version: 2012-10-17, Statement: [{ Effect: Allow, Principal: { AWS: "{{account}}" }, Action: sts:AssumeRole }] }
  - id: session
    assume-role: { role-arn: "{{steps.role.Role.Arn}}", role-session-name: tester }
    identity: tester
  - id: denied
    as: tester
    list-images: { repository-name: "{{names.repo}}" }
    deny: ${deny}
`

let reword = same
let sandbox: Sandbox
let meddler: Meddler
let labs: { folder: string; remove: () => Promise<void> }
beforeEach(async () => {
  labs = await labsOf({}, 'timings: { within: 3s, stays: 0s }')
  sandbox = await startSandbox({ directory: `${labs.folder}/sandbox` })
  meddler = await meddle(
    sandbox.endpoint,
    () => null,
    text => reword(text),
  )
})
afterEach(async () => {
  await meddler.close()
  await sandbox.close()
  await labs.remove()
})

/** A night: the lab on what it takes for AWS, answering in other words. */
async function night(deny: string, words: (text: string) => string) {
  const { folder, remove } = await labsOf({ wording: labWith(deny) }, 'timings: { within: 3s, stays: 0s }')
  await (await import('node:fs/promises')).cp(folder, labs.folder, { recursive: true })
  await remove()
  reword = words
  const { accessKeyId, secretAccessKey } = sandbox.accounts[0]?.admin ?? { accessKeyId: '', secretAccessKey: '' }
  const env = {
    ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_REGION: sandbox.region },
    ...{ LAB_AWS_ACCOUNTS: '111122223333', GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: labs.folder },
  }
  const line = [
    'run',
    '--all',
    '--teardown',
    '--isolate',
    '--yes',
    '--target',
    'aws',
    '--endpoint-url',
    meddler.endpoint,
  ]
  return labProcess(line, { cwd: labs.folder, env })
}

const appended = (text: string) => text.replaceAll(reason, `${reason}. Ask whoever manages your access`)
const unread = (text: string) => text.replaceAll(reason, reason.replace('because', 'since'))
const otherReason = (text: string) => text.replaceAll(reason, 'with an explicit deny in an identity-based policy')
const notice = /^::notice file=labs\/wording\/lab\.yaml,line=\d+,title=wording\/denied%3A AWS's wording changed::was/m

test.each([
  ['a sentence with words more', appended],
  ['a sentence whose reason cannot be read any more', unread],
])('%s: a notice, and exit 0', async (_, words) => {
  const first = await night(reason, same)
  expect(first).toMatchObject({ exitCode: 0 })
  expect(first.stdout).not.toContain('wording changed')
  const second = await night(reason, words)
  expect(second).toMatchObject({ exitCode: 0 })
  expect(second.stdout).toMatch(/^wording changed: wording\/denied$/m)
  expect(second.stdout).toMatch(notice)
  // What was told once is what AWS says now.
  expect((await night(reason, words)).stdout).not.toContain('wording changed')
})

test('a lab that pins the sentence fails by another', async () => {
  const pinned = `{ sentence: "${reason}" }`
  expect(await night(pinned, same)).toMatchObject({ exitCode: 0 })
  const { exitCode, stdout } = await night(pinned, unread)
  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/^::error file=labs\/wording\/lab\.yaml,line=\d+,title=wording\/denied%3A failed::/m)
})

test('another reason is another decision: exit 1', async () => {
  expect(await night(reason, same)).toMatchObject({ exitCode: 0 })
  const { exitCode, stdout } = await night(reason, otherReason)
  expect(exitCode).toBe(1)
  expect(stdout).not.toContain('wording changed')
  expect(stdout).toMatch(/decision: expected implicitDeny, found explicitDeny/)
})
