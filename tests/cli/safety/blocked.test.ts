import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Report, StepReport } from '../../../assertions/index.ts'
import { openTarget } from '../../../runner/index.ts'
import { addAccount, type Sandbox, startSandbox } from '../../../sandbox/index.ts'
import { lab, temporaryFolder } from '../world-for-tests.ts'

const id = '555566667777'
const environment = { ...process.env }
let sandbox: Sandbox
let cwd: string

beforeEach(() => {
  cwd = temporaryFolder({ labs: true })
  const file = join(cwd, 'labs.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('within: 60s, stays: 5s', 'within: 3s, stays: 1ms'))
})
afterEach(async () => {
  process.env = { ...environment }
  await sandbox.close()
})

const policy = (Effect: string, Action: string | string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect, Action, Resource: '*' } })

/** An account that stands for a real one, under a service control policy, and the caller's keys; `may`: of a user who has these actions alone. */
async function open(refused: string | null, may: string[] | null) {
  const directory = join(cwd, 'account')
  const scps = refused === null ? [] : [{ name: 'not-here', text: policy('Deny', refused) }]
  const { admin } = await addAccount(directory, { id, scps })
  sandbox = await startSandbox({ directory })
  const keys = may === null ? admin : await userWith(admin, may)
  process.env = { ...environment, AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey }
}

async function userWith(caller: Sandbox['accounts'][number]['admin'], may: string[]) {
  const place = { name: 'sandbox', region: 'us-west-2', endpoint: sandbox.endpoint } as const
  const target = await openTarget({ ...place, identities: {}, environment: {}, caller })
  const user = { UserName: 'ann' }
  await target.caller.call('iam:CreateUser', user)
  await target.caller.call('iam:PutUserPolicy', { ...user, PolicyName: 'p', PolicyDocument: policy('Allow', may) })
  const made = await target.caller.call('iam:CreateAccessKey', user)
  target.close()
  const { AccessKey } = (made as { output: { AccessKey: { AccessKeyId: string; SecretAccessKey: string } } }).output
  return { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey }
}

const onAws = (...argv: string[]) =>
  lab([...argv, '--target', 'aws', '--endpoint-url', sandbox.endpoint], { cwd, env: { LAB_AWS_ACCOUNTS: id } })

const organization = (action: string) =>
  new RegExp(
    `^who administers the organization must allow ${action} on \\S+, which a service control policy arn:aws:organizations::\\S+ refuses; meanwhile run on the sandbox`,
  )

test.each<[string, string | null, string[] | null, string, RegExp]>([
  ['an SCP on what makes the lab', 'iam:*', null, 'role', organization('iam:CreateRole')],
  [
    'an SCP on what the lab asks as its participant, whose hint is not the mend',
    'ecr:ListImages',
    null,
    'team-a-allowed',
    organization('ecr:ListImages'),
  ],
  [
    'a caller who lacks it',
    null,
    ['ecr:*', 'sts:*'],
    'role',
    /^allow iam:CreateRole on \S+ to arn:aws:iam::555566667777:user\/ann: lab permissions prints a policy$/,
  ],
])(
  'blocked by %s: who must change what, in every form of the report',
  { timeout: 60_000 },
  async (_, refused, may, step, says) => {
    await open(refused, may)
    const kinds = ['junit', 'html', 'markdown'] as const
    const files = kinds.flatMap(kind => ['--report', `${kind}=${join(cwd, kind)}`])
    const text = await onAws('run', 'identity-policies', '--yes', ...files)
    expect(text.exitCode, text.stdout + text.stderr).toBe(3)
    const report: Report = JSON.parse(
      readFileSync(join(cwd, '.lab', 'runs', runOf(text.stdout), 'report.json'), 'utf8'),
    )
    const row: StepReport | undefined = report.labs.flatMap(each => each.steps).find(each => each.id === step)
    expect(row).toMatchObject({ status: 'blocked', points: null, hint: expect.stringMatching(says) })
    const words = (row?.hint ?? '').split(' on ')[0] ?? ''
    const folded = (each: string) => each.replaceAll(/\s+/g, ' ')
    expect(folded(text.stdout)).toContain(`hint ${words}`)
    for (const kind of kinds) expect(folded(readFileSync(join(cwd, kind), 'utf8')), kind).toContain(words)
  },
)

const runOf = (stdout: string): string => /run (\w+)/.exec(stdout)?.[1] ?? ''
