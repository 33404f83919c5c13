import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CreateRepositoryCommand, ECRClient, SetRepositoryPolicyCommand } from '@aws-sdk/client-ecr'
import { CreateRoleCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { describe, expect, test } from 'vitest'
import { startSandbox } from '../../sandbox/index.ts'
import { lab, temporaryFolder } from './world-for-tests.ts'

const corpus = readFileSync(new URL('../corpus/decisions.jsonl', import.meta.url), 'utf8')
const alice = 'arn:aws:iam::111122223333:user/alice'
const repository = 'arn:aws:ecr:us-west-2:111122223333:repository/team-a'
const allow = { Version: '2012-10-17', Statement: [{ Sid: 'Read', Effect: 'Allow', Action: 'ecr:*', Resource: '*' }] }
const row = { id: 'r', principal: alice, action: 'ecr:ListImages', resource: repository, identityPolicies: [allow] }
const decided = [{ policyType: 'identity-based', policy: 'identityPolicies', index: 0, sid: 'Read', effect: 'Allow' }]

const answers = (stdout: string): Record<string, unknown>[] =>
  stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Record<string, unknown>)

describe('--jsonl', () => {
  test('a row in, a row out, with these keys and no others', async () => {
    const { exitCode, stdout, stderr } = await lab(['simulate', '--jsonl'], { input: corpus })
    const rows = answers(corpus)
    const found = answers(stdout)
    expect([exitCode, stderr, found.length]).toEqual([0, '', rows.length])
    expect(new Set(found.map(answer => Object.keys(answer).join()))).toEqual(
      new Set(['id,decision,policyType,statements']),
    )
    expect(found.map(({ id, decision }) => [id, decision])).toEqual(
      rows.map(({ id, expect }) => [id, (expect as { decision: string }).decision]),
    )
  })

  test('from a file; empty lines, a byte order mark and Windows line ends are no rows', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'rows.jsonl'), `\uFEFF${JSON.stringify(row)}\r\n\r\n${JSON.stringify({ ...row, id: 7 })}`)
    const { exitCode, stdout } = await lab(['simulate', '--jsonl', 'rows.jsonl'], { cwd })
    const answer = { decision: 'allowed', policyType: null, statements: decided }
    expect(exitCode).toBe(0)
    expect(answers(stdout)).toEqual([
      { id: 'r', ...answer },
      { id: 7, ...answer },
    ])
  })

  test('a bad row is told of in its place, the others are decided, and the exit code is 2', async () => {
    const bad = { ...row, id: 'b', identityPolicies: [{ Statement: [{ ...allow.Statement[0], Effect: 'Maybe' }] }] }
    const input = [JSON.stringify(bad), '{', JSON.stringify({ id: 'p', action: 'a:b' }), JSON.stringify(row)].join('\n')
    const { exitCode, stdout } = await lab(['simulate', '--jsonl'], { input })
    expect(exitCode).toBe(2)
    expect(answers(stdout)).toMatchObject([
      { id: 'b', error: { code: 'InvalidValue', message: expect.stringContaining('`Maybe`'), line: 1 } },
      { id: null, error: { code: 'NotJson', line: 2 } },
      { id: 'p', error: { code: 'InvalidRow', message: expect.stringContaining('`principal`'), line: 3 } },
      { id: 'r', decision: 'allowed' },
    ])
  })

  test('no rows, no answers', async () => {
    expect(await lab(['simulate', '--jsonl'], { input: '' })).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  })
})

describe('one row', () => {
  test('in words: what, why, and every statement', async () => {
    const dev = { StringEquals: { 'aws:PrincipalTag/team': ['a', 'b'] } }
    const boundary = { Version: '2012-10-17', Statement: [{ ...allow.Statement[0], Condition: dev }] }
    const input = JSON.stringify({
      ...row,
      permissionBoundaries: [boundary],
      context: { 'aws:PrincipalTag/team': 'c' },
    })
    expect((await lab(['simulate'], { input })).stdout).toBe(`denied: no permissions boundary allows ecr:ListImages
  no statement decides it: what must allow it does not

  ${alice}
  ecr:ListImages on ${repository}

  identity-based: allows
    Allow, statement 1 (Read) of identityPolicies: matches
  permissions boundary: does not allow
    Allow, statement 1 (Read) of permissionBoundaries: no match: StringEquals aws:PrincipalTag/team wants a, b, the request has c
  none: service control policy, resource control policy, resource-based, role trust policy, session policy, VPC endpoint policy
`)
  })

  test.each([
    [{ ...row }, 'allowed\n  decided by Allow, statement 1 (Read) of identityPolicies, identity-based policy'],
    [
      { ...row, resourcePolicy: { Statement: { Effect: 'Deny', Principal: '*', Action: '*' } } },
      'denied: an explicit deny in a resource-based policy\n  decided by Deny, statement 1 of resourcePolicy',
    ],
    [
      { ...row, action: 'sts:GetCallerIdentity', resource: '*' },
      'allowed\n  no statement decides it: the caller needs',
    ],
    [
      { ...row, principal: 'arn:aws:iam::111122223333:root', action: 'sts:AssumeRole' },
      'denied: credentials of this kind can never call sts:AssumeRole\n\n',
    ],
    [
      { ...row, identityPolicies: [], permissionBoundaries: [{ Version: '2012-10-17', Statement: [] }] },
      'denied: no identity-based policy allows ecr:ListImages\n  no statement decides it: what must allow it does not\n  several policy types refuse it',
    ],
  ])('%#', async (asked, text) => {
    const { exitCode, stdout } = await lab(['simulate', '-'], { input: JSON.stringify(asked) })
    expect(exitCode).toBe(0)
    expect(stdout).toContain(text)
  })

  test('YAML is read too; --json is one document', async () => {
    const cwd = temporaryFolder()
    const text = `principal: ${alice}\naction: ecr:ListImages\nresource: ${repository}\nresourcePolicy:\n  Statement: { Effect: Allow, Principal: "*", Action: ecr:* }\n`
    writeFileSync(join(cwd, 'row.yaml'), text)
    const { stdout } = await lab(['simulate', 'row.yaml', '--json'], { cwd })
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ schemaVersion: 1, exitCode: 0, id: null, decision: 'allowed', policyType: null, sure: true },
      statements: [{ policyType: 'resource-based', policy: 'resourcePolicy', index: 0, effect: 'Allow' }],
      request: { principal: alice, action: 'ecr:ListImages', resource: repository },
      considered: [{ matched: true }],
    })
  })
})

test.each<[string, string, string]>([
  ['simulate nowhere.json', '', 'there is no file `nowhere.json`'],
  ['simulate', '', 'standard input is empty'],
  ['simulate', '{"a":1}\n{"a":2}', 'more than one row'],
  ['simulate', 'a: [', 'standard input:1:'],
  ['simulate', '{"action":"a:b"}', 'expected text as `principal`'],
  ['simulate', '{"principal":"me","action":"a:b","resource":"*"}', 'found `me`'],
  ['simulate x --action a:b', '', '`x` together with a question'],
  ['simulate --jsonl --action a:b', '', '`--jsonl` together with a question'],
  ['simulate --context a=b', '', '`--context` without a question'],
  ['simulate --context ab', '', '`--context ab` is not of the form k=v'],
  [`simulate --principal ${alice} --resource *`, '', '`--action` is missing'],
  [`simulate --principal ${alice} --resource x --action ecr:ListImages`, '', 'expected an ARN or `*` as resource'],
  ['simulate --principal me --resource * --action ecr:ListImages', '', 'found `me`'],
  [
    'simulate --principal arn:aws:sts::111122223333:federated-user/f --resource * --action ecr:ListImages',
    '',
    'what a federated user may do',
  ],
  [
    'simulate --principal arn:aws:iam::999988887777:user/u --resource * --action ecr:ListImages',
    '',
    'the sandbox has no account `999988887777`',
  ],
  [`simulate --principal ${alice} --resource * --action ecr:ListImages`, '', 'name alice cannot be found'],
])('a usage error: %s < %s', async (line, input, message) => {
  const { exitCode, stderr, stdout } = await lab(line.split(' '), { input })
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toContain(message)
})

describe("the sandbox's present state", () => {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: alice }, Action: 'sts:AssumeRole' }],
  }
  const team = { StringEquals: { 'aws:PrincipalTag/team': 'a' } }
  const inline = {
    Version: '2012-10-17',
    Statement: [{ Sid: 'Mine', Effect: 'Allow', Action: 'ecr:*', Resource: '*', Condition: team }],
  }
  const ofRepository = {
    Version: '2012-10-17',
    Statement: [{ Sid: 'NoPush', Effect: 'Deny', Principal: '*', Action: 'ecr:PutImage' }],
  }

  async function stateFolder(): Promise<string> {
    const cwd = temporaryFolder()
    const sandbox = await startSandbox({ directory: join(cwd, '.lab', 'sandbox') })
    const [account] = sandbox.accounts
    const config = {
      endpoint: sandbox.endpoint,
      region: 'us-west-2',
      credentials: account?.admin ?? { accessKeyId: '', secretAccessKey: '' },
    }
    const [iam, ecr] = [new IAMClient(config), new ECRClient(config)]
    await iam.send(new CreateUserCommand({ UserName: 'alice', Tags: [{ Key: 'team', Value: 'a' }] }))
    await iam.send(
      new PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'p', PolicyDocument: JSON.stringify(inline) }),
    )
    await iam.send(new CreateRoleCommand({ RoleName: 'target', AssumeRolePolicyDocument: JSON.stringify(trust) }))
    await ecr.send(new CreateRepositoryCommand({ repositoryName: 'team-a' }))
    await ecr.send(
      new SetRepositoryPolicyCommand({ repositoryName: 'team-a', policyText: JSON.stringify(ofRepository) }),
    )
    await sandbox.close()
    return cwd
  }

  test("the control policies of the principal's and of the resource's account decide too", async () => {
    const cwd = temporaryFolder()
    const account = '222233334444'
    const control = (sid: string, action: string) => {
      const statement = { Sid: sid, Effect: 'Deny', Principal: '*', Action: action, Resource: '*' }
      return { Version: '2012-10-17', Statement: [statement] }
    }
    const { Principal: _, ...scp } = control('NoList', 'ecr:ListImages').Statement[0] as { Principal: string }
    writeFileSync(join(cwd, 'scp.json'), JSON.stringify({ Version: '2012-10-17', Statement: [scp] }))
    writeFileSync(join(cwd, 'rcp.json'), JSON.stringify(control('NoPush', 'ecr:PutImage')))
    await lab(['sandbox', 'account', 'create', '--id', account, '--scp', 'scp.json', '--rcp', 'rcp.json'], { cwd })
    const ask = async (action: string) => {
      const of = ['--principal', `arn:aws:iam::${account}:user/admin`, '--action', action]
      const on = ['--resource', `arn:aws:ecr:us-west-2:${account}:repository/r`, '--json']
      const { decision, policyType, notRead } = JSON.parse((await lab(['simulate', ...of, ...on], { cwd })).stdout)
      return [decision, policyType, notRead]
    }
    const unread = ['VPC endpoint policies']
    expect(await ask('ecr:ListImages')).toEqual(['explicitDeny', 'service control policy', unread])
    expect(await ask('ecr:PutImage')).toEqual(['explicitDeny', 'resource control policy', unread])
    expect(await ask('ecr:DescribeImages')).toEqual(['allowed', null, unread])
  })

  test('its policies, tags and trust decide; --context stands before them', async () => {
    const cwd = await stateFolder()
    const ask = async (action: string, resource: string, ...more: string[]) => {
      const line = ['simulate', '--principal', alice, '--action', action, '--resource', resource, '--json', ...more]
      const { stdout } = await lab(line, { cwd })
      const { decision, policyType, statements } = JSON.parse(stdout) as Record<string, unknown>
      return { decision, policyType, statements }
    }
    expect(await ask('ecr:ListImages', repository)).toEqual({
      decision: 'allowed',
      policyType: null,
      statements: [{ policyType: 'identity-based', policy: 'inline:p', index: 0, sid: 'Mine', effect: 'Allow' }],
    })
    expect(await ask('ecr:PutImage', repository)).toMatchObject({
      decision: 'explicitDeny',
      policyType: 'resource-based',
      statements: [{ policy: 'repository policy of team-a', sid: 'NoPush' }],
    })
    const otherTeam = await ask('ecr:ListImages', repository, '--context', 'aws:PrincipalTag/team=b')
    expect(otherTeam).toMatchObject({ decision: 'implicitDeny', policyType: 'identity-based' })
    expect(await ask('sts:AssumeRole', 'arn:aws:iam::111122223333:role/target')).toMatchObject({ decision: 'allowed' })
    expect(await ask('sts:AssumeRole', 'arn:aws:iam::111122223333:role/nobody')).toMatchObject({
      decision: 'implicitDeny',
      policyType: 'role trust policy',
    })
    expect(await ask('ecr:DescribeRepositories', repository.replace('team-a', '*'))).toMatchObject({
      decision: 'allowed',
    })
  })
})
