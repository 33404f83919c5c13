import {
  CreateRoleCommand,
  CreateUserCommand,
  type EvaluationResult,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  SimulateCustomPolicyCommand,
  type SimulateCustomPolicyCommandInput,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAccount } from '../../sandbox/index.ts'
import { partsOf, rowsOf } from './decisions/row.ts'
import { onSandboxOnly } from './on-aws.ts'
import { newSandbox, refusalOf, type TestSandbox } from './sandbox-for-tests.ts'

onSandboxOnly('rows name accounts and principals that AWS does not have')

let sandbox: TestSandbox
let iam: IAMClient
beforeAll(async () => {
  sandbox = await newSandbox()
  iam = new IAMClient(sandbox.config)
  await iam.send(new CreateUserCommand({ UserName: 'ann' }))
  await iam.send(new CreateRoleCommand({ RoleName: 'dev', AssumeRolePolicyDocument: trust }))
  await iam.send(new PutRolePolicyCommand({ RoleName: 'dev', PolicyName: 'own', PolicyDocument: allow('ecr:List*') }))
})
afterAll(() => sandbox.remove())

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }],
})
const allow = (Action: string, Resource = '*') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] })
const repository = (name: string) => `arn:aws:ecr:us-west-2:111122223333:repository/${name}`

const custom = async (input: Partial<SimulateCustomPolicyCommandInput>): Promise<EvaluationResult[]> => {
  const asked = { PolicyInputList: [], ActionNames: ['ecr:ListImages'], ...input }
  return (await iam.send(new SimulateCustomPolicyCommand(asked))).EvaluationResults ?? []
}

describe('the same engine as everywhere', () => {
  const rows = rowsOf(new URL('../corpus/decisions.jsonl', import.meta.url)).filter(
    row =>
      partsOf(row.principal)?.kind === 'user' &&
      !row.action.startsWith('sts:') &&
      !row.rcps &&
      row.identityPolicies.length > 0,
  )

  test.each(rows)('$id: $title', async row => {
    const scps = row.scps?.length
      ? [{ ServiceControlPolicyInputList: row.scps.map(one => JSON.stringify(one)) }]
      : undefined
    const [result] = await custom({
      PolicyInputList: row.identityPolicies.map(one => JSON.stringify(one)),
      PermissionsBoundaryPolicyInputList: row.permissionBoundaries?.map(one => JSON.stringify(one)),
      ResourcePolicy: row.resourcePolicy ? JSON.stringify(row.resourcePolicy) : undefined,
      OrderedOrganizationPolicyInputList: scps,
      ActionNames: [row.action],
      ResourceArns: [row.resource],
      ResourceOwner: `arn:aws:iam::${row.resourceAccount}:root`,
      CallerArn: row.principal,
      ContextEntries: Object.entries(row.context).map(([ContextKeyName, value]) => ({
        ContextKeyName,
        ContextKeyValues: [value].flat().map(String),
        ContextKeyType: Array.isArray(value) ? 'stringList' : 'string',
      })),
    })
    expect([result?.EvalActionName, result?.EvalDecision]).toEqual([row.action, row.expect.decision])
    expect(result?.ResourceSpecificResults).toMatchObject([
      { EvalResourceName: row.resource, EvalResourceDecision: row.expect.decision },
    ])
  })

  test('enough of them', () => expect(rows.length).toBeGreaterThan(50))
})

test('one result per action, one part per resource; the strictest decision is the whole’s', async () => {
  const results = await custom({
    PolicyInputList: [allow('ecr:List*', repository('team-a'))],
    ActionNames: ['ecr:ListImages', 'ecr:PutImage'],
    ResourceArns: [repository('team-a'), repository('team-b')],
  })
  expect(results).toMatchObject([
    {
      EvalActionName: 'ecr:ListImages',
      EvalResourceName: '*',
      EvalDecision: 'implicitDeny',
      MatchedStatements: [],
      ResourceSpecificResults: [
        {
          EvalResourceName: repository('team-a'),
          EvalResourceDecision: 'allowed',
          MatchedStatements: [{ SourcePolicyId: 'PolicyInputList.1', SourcePolicyType: 'IAM Policy' }],
        },
        { EvalResourceName: repository('team-b'), EvalResourceDecision: 'implicitDeny', MatchedStatements: [] },
      ],
    },
    { EvalActionName: 'ecr:PutImage', EvalDecision: 'implicitDeny' },
  ])
})

test('SCPs by level: they decide, their statements are not shown', async () => {
  const asked = { PolicyInputList: [allow('ecr:*')] }
  const level = (...ServiceControlPolicyInputList: string[]) => ({ ServiceControlPolicyInputList })
  const [open] = await custom({
    ...asked,
    OrderedOrganizationPolicyInputList: [level(allow('*')), level(allow('ecr:*'))],
  })
  expect(open).toMatchObject({ EvalDecision: 'allowed', OrganizationsDecisionDetail: { AllowedByOrganizations: true } })
  const [closed] = await custom({
    ...asked,
    OrderedOrganizationPolicyInputList: [level(allow('*')), level(allow('s3:*'))],
  })
  expect(closed).toMatchObject({
    EvalDecision: 'implicitDeny',
    MatchedStatements: [],
    OrganizationsDecisionDetail: { AllowedByOrganizations: false },
  })
  const [none] = await custom(asked)
  expect(none).not.toHaveProperty('OrganizationsDecisionDetail')
})

test('a principal’s own policies, boundary and organization', async () => {
  const simulated = async (PolicySourceArn: string, client = iam) => {
    const asked = { PolicySourceArn, ActionNames: ['ecr:ListImages', 'ecr:PutImage'] }
    const { EvaluationResults = [] } = await client.send(new SimulatePrincipalPolicyCommand(asked))
    return EvaluationResults
  }
  expect(await simulated('arn:aws:iam::111122223333:role/dev')).toMatchObject([
    { EvalDecision: 'allowed', EvalResourceName: '*', MatchedStatements: [{ SourcePolicyId: 'own' }] },
    { EvalDecision: 'implicitDeny', MissingContextValues: [] },
  ])
  const boundary = 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly'
  await iam.send(new PutUserPermissionsBoundaryCommand({ UserName: 'ann', PermissionsBoundary: boundary }))
  expect(await simulated('arn:aws:iam::111122223333:user/ann')).toMatchObject([
    { EvalDecision: 'implicitDeny', PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true } },
    { EvalDecision: 'implicitDeny', PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } },
  ])
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Deny', Action: 'ecr:Put*', Resource: '*' },
  })
  const member = await addAccount(sandbox.directory, { scps: [{ name: 'no-push.json', text }] })
  const inOrganization = new IAMClient({ ...sandbox.config, credentials: member.admin })
  expect(await simulated(`arn:aws:iam::${member.id}:user/admin`, inOrganization)).toMatchObject([
    { EvalDecision: 'allowed', OrganizationsDecisionDetail: { AllowedByOrganizations: true } },
    {
      EvalDecision: 'explicitDeny',
      MatchedStatements: [],
      OrganizationsDecisionDetail: { AllowedByOrganizations: false },
    },
  ])
})

test.each([
  ['arn:aws:sts::111122223333:assumed-role/dev/s1', 'InvalidInput', 400, 'Invalid ARN provided in the request: '],
  ['arn:aws:iam::111122223333:role/nobody', 'NoSuchEntity', 404, 'Unable to retrieve specified IAM entity.'],
])('%s is refused', async (PolicySourceArn, code, status, message) => {
  const call = iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: ['ecr:ListImages'] }))
  const [foundCode, foundStatus, foundMessage] = await refusalOf(call)
  expect([foundCode, foundStatus]).toEqual([code, status])
  expect(foundMessage).toContain(message)
})
