import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sweepOrphans } from '../../../runner/index.ts'
import { labsOf, openWorkshop, type Workshop } from '../../runner/engine/harness.ts'
import { actionsOf, asRunner, type Policy, printed, together, without } from './as-runner.ts'

const statement = (Action: string, Resource = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
})
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' },
})
const document = (action: string) => JSON.stringify(statement(action))

/** One of each thing; and the parts of things that were there before: of a role, a user and a repository that are somebody's. */
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
  - id: theirs-user
    put-user-policy: { user-name: theirs, policy-name: own, policy-document: ${JSON.stringify(document('ecr:ListImages'))} }
  - id: theirs-boundary
    put-role-permissions-boundary: { role-name: theirs, permissions-boundary: "{{steps.policy.Policy.Arn}}" }
  - id: theirs-image
    push-image: { repository-name: theirs, image-tag: v1 }
`

let labs: { folder: string; remove: () => Promise<void> }
let workshop: Workshop
let whole: Policy
let teardown: Policy
beforeEach(async () => {
  labs = await labsOf({ own: lab })
  workshop = await openWorkshop({ labs: labs.folder })
  whole = await printed(labs.folder)
  teardown = await printed(labs.folder, '--for', 'teardown')
  await did('iam:CreateRole', { RoleName: 'theirs', AssumeRolePolicyDocument: trust })
  await did('iam:CreateUser', { UserName: 'theirs' })
  await did('ecr:CreateRepository', { repositoryName: 'theirs' })
  const PolicyDocument = document('ecr:DescribeImages')
  await did('iam:PutRolePolicy', { RoleName: 'theirs', PolicyName: 'own', PolicyDocument })
  await did('iam:PutUserPolicy', { UserName: 'theirs', PolicyName: 'own', PolicyDocument })
})
afterEach(async () => {
  await workshop.close()
  await labs.remove()
})

async function did(operation: string, input: Record<string, unknown>): Promise<void> {
  const outcome = await workshop.call(operation, input)
  if (outcome.outcome !== 'allowed') throw new Error(`${operation}: ${outcome.code}: ${outcome.message}`)
}

/** A participant's doing: all that keeps a role, a user and a policy from being deleted. */
async function obstacles(): Promise<void> {
  const PolicyArn = 'arn:aws:iam::111122223333:policy/own-policy'
  const PolicyDocument = document('ecr:DescribeImages')
  await did('iam:CreatePolicyVersion', { PolicyArn, PolicyDocument, SetAsDefault: true })
  await did('iam:CreateGroup', { GroupName: 'group' })
  await did('iam:AttachGroupPolicy', { GroupName: 'group', PolicyArn })
  await did('iam:AddUserToGroup', { GroupName: 'group', UserName: 'own-user' })
  await did('iam:AttachUserPolicy', { UserName: 'own-user', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })
  await did('iam:PutUserPolicy', { UserName: 'own-user', PolicyName: 'more', PolicyDocument })
  await did('iam:CreateAccessKey', { UserName: 'own-user' })
  await did('iam:AttachRolePolicy', { RoleName: 'own_role', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })
  await did('iam:PutRolePolicy', { RoleName: 'own_role', PolicyName: 'more', PolicyDocument })
  await did('iam:CreateInstanceProfile', { InstanceProfileName: 'profile' })
  await did('iam:AddRoleToInstanceProfile', { InstanceProfileName: 'profile', RoleName: 'own_role' })
}

/** Run and taken back by a runner, an action missing from all it has: things left, by type. */
async function takenBack(missing: string | null): Promise<string[]> {
  const has = together(whole, teardown)
  const target = await asRunner(workshop, missing === null ? has : without(has, missing))
  const report = await workshop.run(['own'], { target })
  expect(report.exitCode).toBe(0)
  await obstacles()
  const { leftovers } = await workshop.teardown(['own'], { open: async () => target })
  return leftovers.map(({ type, name }) => `${type} ${name}`)
}

test('what participants hang on the things, and what was there before: all is taken back with --for teardown', async () => {
  expect(await takenBack(null)).toEqual([])
  const policyOf = async (operation: string, input: Record<string, unknown>) => {
    const outcome = await workshop.call(operation, { PolicyName: 'own', ...input })
    return decodeURIComponent(
      (outcome.outcome === 'allowed' ? (outcome.output as { PolicyDocument: string }) : null)?.PolicyDocument ?? '',
    )
  }
  expect(await policyOf('iam:GetRolePolicy', { RoleName: 'theirs' })).toContain('ecr:DescribeImages')
  expect(await policyOf('iam:GetUserPolicy', { UserName: 'theirs' })).toContain('ecr:DescribeImages')
})

test.each([
  ['iam:DeletePolicyVersion', 'policy own-policy'],
  ['iam:DetachGroupPolicy', 'policy own-policy'],
  ['iam:RemoveUserFromGroup', 'user own-user'],
  ['iam:DetachUserPolicy', 'user own-user'],
  ['iam:DeleteAccessKey', 'user own-user'],
  ['iam:RemoveRoleFromInstanceProfile', 'role own_role'],
  ['iam:DetachRolePolicy', 'role own_role'],
  ['iam:DeleteRolePermissionsBoundary', 'permissions boundary theirs'],
  ['iam:GetRolePolicy', 'inline policy theirs own'],
  ['iam:GetUserPolicy', 'inline policy theirs own'],
  ['ecr:BatchDeleteImage', 'image theirs:v1'],
  ['ecr:BatchGetImage', 'image theirs:v1'],
])('without %s something is left: %s', async (action, left) => {
  expect(actionsOf(teardown)).toContain(action)
  expect(await takenBack(action)).toContain(left)
})

const sweep = async (policy: Policy) =>
  sweepOrphans({
    ...workshop.engine,
    target: await asRunner(workshop, policy),
    ...{ olderThan: 0, dryRun: false, confirm: async () => true },
  })

async function orphaned(): Promise<void> {
  await workshop.run(['own'])
  await obstacles()
  // Whose boundary a policy is, it is not ours to take from him.
  await did('iam:DeleteRolePermissionsBoundary', { RoleName: 'theirs' })
  await rm(workshop.labFolder, { recursive: true })
}

test('things whose journal is lost are found and removed with it alone', async () => {
  await orphaned()
  expect(await sweep(teardown)).toMatchObject({ removed: 4, leftovers: [], exitCode: 0 })
})

test.each([
  ...[
    'iam:ListRoles',
    'iam:ListRoleTags',
    'iam:ListUsers',
    'iam:ListUserTags',
    'iam:ListPolicies',
    'iam:ListPolicyTags',
  ],
  ...['ecr:DescribeRepositories', 'ecr:ListTagsForResource'],
])('without %s nothing is said of orphans', async action => {
  await orphaned()
  await expect(sweep(without(teardown, action))).rejects.toThrow(action)
})
