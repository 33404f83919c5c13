import { afterEach, beforeEach, expect, test } from 'vitest'
import { changedIn, openWorkshop, type Workshop } from '../runner/engine/harness.ts'

let workshop: Workshop
beforeEach(async () => {
  workshop = await openWorkshop()
})
afterEach(() => workshop.close())

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' },
})
const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'ecr:ListImages', Resource: '*' },
})

/** Each is a trace that a run may leave, and that the soak must see. */
const traces: [string, Record<string, unknown>][] = [
  ['iam:CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: trust }],
  ['iam:PutRolePolicy', { RoleName: 'r', PolicyName: 'p', PolicyDocument: document }],
  ['iam:AttachRolePolicy', { RoleName: 'r', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
  ['iam:CreateInstanceProfile', { InstanceProfileName: 'i' }],
  ['iam:AddRoleToInstanceProfile', { InstanceProfileName: 'i', RoleName: 'r' }],
  ['iam:CreateUser', { UserName: 'u' }],
  ['iam:TagUser', { UserName: 'u', Tags: [{ Key: 'k', Value: 'v' }] }],
  ['iam:CreateAccessKey', { UserName: 'u' }],
  ['iam:CreateGroup', { GroupName: 'g' }],
  ['iam:AddUserToGroup', { GroupName: 'g', UserName: 'u' }],
  ['iam:CreatePolicy', { PolicyName: 'p', PolicyDocument: document }],
  ['ecr:CreateRepository', { repositoryName: 'rr' }],
  ['ecr:SetRepositoryPolicy', { repositoryName: 'rr', policyText: document.replace('"Resource"', '"Principal"') }],
  ['ecr:PutRegistryPolicy', { policyText: document.replace('"Resource":"*"', '"Principal":"*","Resource":"*"') }],
]

test('the inventory of the soak sees every trace, in either account, and no mere use', async () => {
  const partner = workshop.target.identities.get('partner')
  if (!partner) throw new Error('the sandbox has a partner')
  const unseen: string[] = []
  for (const aws of [workshop.target.caller, partner])
    for (const [operation, input] of traces) {
      const before = await changedIn(workshop)
      const outcome = await aws.call(operation, input)
      const after = await changedIn(workshop)
      if (JSON.stringify(before) === JSON.stringify(after))
        unseen.push(`${operation} ${outcome.outcome === 'allowed' ? '' : outcome.message}`)
    }
  expect(unseen).toEqual([])
  const before = await changedIn(workshop)
  await partner.call('iam:GetRole', { RoleName: 'r' })
  await workshop.call('iam:ListUsers')
  expect(await changedIn(workshop)).toEqual(before)
})
