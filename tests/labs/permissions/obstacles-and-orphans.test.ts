import { rm } from 'node:fs/promises'
import { afterAll, expect, test } from 'vitest'
import { sweepOrphans } from '../../../runner/index.ts'
import { packageFolder } from '../../cli/world-for-tests.ts'
import { labsOf, openWorkshop, type Workshop } from '../../runner/engine/harness.ts'
import { actionsOf, asRunner, type Policy, printed, without } from './as-runner.ts'

const document = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })
const granting = (action: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: action }],
  })
const trust = granting('sts:AssumeRole')
const before = { role: document('ecr:DescribeImages'), repository: granting('ecr:DescribeImages') }
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const bound = 'arn:aws:iam::aws:policy/PowerUserAccess'

/** One of each thing; and the parts of things that were there before: of roles, a user and repositories that are somebody's. */
const lab = `names: { repo: own/repo, role: own_role, user: own-user, policy: own-policy }
steps:
  - id: repo
    create-repository: { repository-name: "{{names.repo}}" }
  - id: role
    create-role: { role-name: "{{names.role}}", assume-role-policy-document: ${JSON.stringify(trust)} }
  - id: user
    create-user: { user-name: "{{names.user}}" }
  - id: policy
    create-policy: { policy-name: "{{names.policy}}", policy-document: ${JSON.stringify(document('ecr:ListImages'))} }
  - id: theirs-role
    put-role-policy: { role-name: theirs, policy-name: own, policy-document: ${JSON.stringify(document('ecr:ListImages'))} }
  - id: theirs-role-new
    put-role-policy: { role-name: theirs, policy-name: new, policy-document: ${JSON.stringify(document('ecr:ListImages'))} }
  - id: theirs-user
    put-user-policy: { user-name: theirs, policy-name: own, policy-document: ${JSON.stringify(document('ecr:ListImages'))} }
  - id: theirs-user-new
    put-user-policy: { user-name: theirs, policy-name: new, policy-document: ${JSON.stringify(document('ecr:ListImages'))} }
  - id: theirs-attached
    attach-role-policy: { role-name: theirs, policy-arn: "${readOnly}" }
  - id: theirs-user-attached
    attach-user-policy: { user-name: theirs, policy-arn: "${readOnly}" }
  - id: theirs-boundary
    put-role-permissions-boundary: { role-name: theirs, permissions-boundary: "{{steps.policy.Policy.Arn}}" }
  - id: theirs-bound-boundary
    put-role-permissions-boundary: { role-name: theirs-bound, permissions-boundary: "{{steps.policy.Policy.Arn}}" }
  - id: theirs-key
    create-access-key: { user-name: theirs }
    identity: theirs
  - id: theirs-image
    push-image: { repository-name: theirs, image-tag: v1 }
  - id: theirs-image-new
    push-image: { repository-name: theirs, image-tag: v2 }
  - id: theirs-policy
    set-repository-policy: { repository-name: theirs, policy-text: ${JSON.stringify(granting('ecr:ListImages'))} }
  - id: theirs-bare-policy
    set-repository-policy: { repository-name: theirs-bare, policy-text: ${JSON.stringify(granting('ecr:ListImages'))} }
`

/** The image that a tag of theirs had. */
const earlier = `steps:
  - id: image
    push-image: { repository-name: theirs, image-tag: v1, layers: 2 }
`

const labs = await labsOf({ earlier, own: lab })
const teardown = await printed(labs.folder, 'own', '--for', 'teardown')
const shipped = await printed(packageFolder, '--all', '--for', 'teardown')
afterAll(() => labs.remove())

/** In an account with somebody's things in it. */
async function inAccount<Result>(work: (workshop: Workshop) => Promise<Result>): Promise<Result> {
  const workshop = await openWorkshop({ labs: labs.folder })
  try {
    const did = doing(workshop)
    for (const RoleName of ['theirs', 'theirs-bound'])
      await did('iam:CreateRole', { RoleName, AssumeRolePolicyDocument: trust })
    await did('iam:PutRolePermissionsBoundary', { RoleName: 'theirs-bound', PermissionsBoundary: bound })
    await did('iam:CreateUser', { UserName: 'theirs' })
    for (const repositoryName of ['theirs', 'theirs-bare']) await did('ecr:CreateRepository', { repositoryName })
    await did('ecr:SetRepositoryPolicy', { repositoryName: 'theirs', policyText: before.repository })
    await did('iam:PutRolePolicy', { RoleName: 'theirs', PolicyName: 'own', PolicyDocument: before.role })
    await did('iam:PutUserPolicy', { UserName: 'theirs', PolicyName: 'own', PolicyDocument: before.role })
    await workshop.run(['earlier'])
    await rm(workshop.labFolder, { recursive: true })
    return await work(workshop)
  } finally {
    await workshop.close()
  }
}

const doing =
  (workshop: Workshop) =>
  async (operation: string, input: Record<string, unknown>): Promise<void> => {
    const outcome = await workshop.call(operation, input)
    if (outcome.outcome !== 'allowed') throw new Error(`${operation}: ${outcome.code}: ${outcome.message}`)
  }

/** A participant's doing: all that keeps a role, a user and a policy from being deleted. */
async function obstacles(workshop: Workshop): Promise<void> {
  const did = doing(workshop)
  const PolicyArn = 'arn:aws:iam::111122223333:policy/own-policy'
  const PolicyDocument = before.role
  await did('iam:CreatePolicyVersion', { PolicyArn, PolicyDocument, SetAsDefault: true })
  await did('iam:CreateGroup', { GroupName: 'group' })
  await did('iam:AttachGroupPolicy', { GroupName: 'group', PolicyArn })
  await did('iam:AddUserToGroup', { GroupName: 'group', UserName: 'own-user' })
  await did('iam:AttachUserPolicy', { UserName: 'own-user', PolicyArn: readOnly })
  await did('iam:PutUserPolicy', { UserName: 'own-user', PolicyName: 'more', PolicyDocument })
  await did('iam:CreateAccessKey', { UserName: 'own-user' })
  await did('iam:CreateLoginProfile', { UserName: 'own-user', Password: 'Correct-Horse-7' })
  await did('iam:AttachRolePolicy', { RoleName: 'own_role', PolicyArn: readOnly })
  await did('iam:PutRolePolicy', { RoleName: 'own_role', PolicyName: 'more', PolicyDocument })
  await did('iam:CreateInstanceProfile', { InstanceProfileName: 'profile' })
  await did('iam:AddRoleToInstanceProfile', { InstanceProfileName: 'profile', RoleName: 'own_role' })
}

/** Run by the account's admin and taken back by the journal, by a runner who may do what a policy says: things left, by type. */
async function takenBackIn(workshop: Workshop, policy: Policy): Promise<string[]> {
  expect(await workshop.run(['own'])).toMatchObject({ exitCode: 0 })
  await obstacles(workshop)
  const target = await asRunner(workshop, policy)
  const { leftovers } = await workshop.teardown(['own'], { open: async () => target })
  return leftovers.map(({ type, name }) => `${type} ${name}`)
}

const takenBack = (policy: Policy): Promise<string[]> => inAccount(workshop => takenBackIn(workshop, policy))

/** The same when the journal is lost. */
const sweptUp = (policy: Policy) =>
  inAccount(async workshop => {
    await workshop.run(['own'])
    await obstacles(workshop)
    // Whose boundary a policy is, it is not ours to take from him.
    for (const RoleName of ['theirs', 'theirs-bound'])
      await doing(workshop)('iam:DeleteRolePermissionsBoundary', { RoleName })
    await rm(workshop.labFolder, { recursive: true })
    const target = await asRunner(workshop, policy)
    return sweepOrphans({
      ...workshop.engine,
      ...{ target, olderThan: 0, dryRun: false, confirm: async () => true },
    })
  })

test('it is the same list for the labs that ship: none of its actions goes untried here', () => {
  expect(actionsOf(teardown)).toEqual(actionsOf(shipped))
})

test('what participants hang on the things, and what was there before: all is taken back with --for teardown alone', () =>
  inAccount(async workshop => {
    expect(await takenBackIn(workshop, teardown)).toEqual([])
    const textOf = async (operation: string, input: Record<string, unknown>) => {
      const outcome = await workshop.call(operation, input)
      return decodeURIComponent(JSON.stringify(outcome.outcome === 'allowed' ? outcome.output : outcome.message))
    }
    const own = { PolicyName: 'own' }
    expect(await textOf('iam:GetRolePolicy', { RoleName: 'theirs', ...own })).toContain('ecr:DescribeImages')
    expect(await textOf('iam:GetUserPolicy', { UserName: 'theirs', ...own })).toContain('ecr:DescribeImages')
    expect(await textOf('iam:GetRole', { RoleName: 'theirs' })).not.toContain('PermissionsBoundary')
    expect(await textOf('iam:GetRole', { RoleName: 'theirs-bound' })).toContain(bound)
    expect(await textOf('iam:ListAccessKeys', { UserName: 'theirs' })).toContain('"AccessKeyMetadata":[]')
    expect(await textOf('ecr:GetRepositoryPolicy', { repositoryName: 'theirs' })).toContain('ecr:DescribeImages')
    expect(await textOf('ecr:GetRepositoryPolicy', { repositoryName: 'theirs-bare' })).toContain('does not exist')
    expect((await textOf('ecr:ListImages', { repositoryName: 'theirs' })).match(/imageTag":"\w+/g)).toEqual([
      'imageTag":"v1',
    ])
  }))

test('things whose journal is lost are found and removed with it alone', async () => {
  expect(await sweptUp(teardown)).toMatchObject({ removed: 4, leftovers: [], exitCode: 0 })
})

test.each(actionsOf(teardown))(
  'without %s something is left, or nothing is said of orphans',
  async action => {
    const less = without(teardown, action)
    if ((await takenBack(less)).length > 0) return
    await expect(sweptUp(less)).rejects.toThrow(`cannot be searched for orphans: ${action}`)
  },
  60_000,
)
