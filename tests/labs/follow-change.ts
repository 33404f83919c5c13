import type { Outcome } from '../../assertions/index.ts'
import { accountOf } from '../../runner/aws/arns.ts'
import { pastRuns } from '../../runner/engine/runs.ts'
import { lastWith, withReports } from '../../runner/engine/why/past-reports.ts'
import { restage } from '../../runner/engine/why/restage.ts'
import type { DocumentEdit, PlacedChange, Why } from '../../runner/engine/why/why.ts'
import type { Lab } from '../../runner/index.ts'
import { planLabs } from '../../runner/index.ts'
import { stringAt } from '../../runner/steps/answers.ts'
import type { Aws } from '../../runner/steps/step-kind.ts'
import type { Workshop } from '../runner/engine/harness.ts'

/** What the caller has to bring anew for the change to be followed. */
interface Brought {
  sessionPolicy: string | null | undefined
  keys: Map<string, string>
}

/** The call as it was. */
export const nothing: Brought = { sessionPolicy: undefined, keys: new Map() }

async function must(outcome: Promise<Outcome>): Promise<unknown> {
  const found = await outcome
  if (found.outcome !== 'allowed') throw new Error(`${found.code}: ${found.message}`)
  return found.output
}

/** Follows every edit of a change in the account, as its owner would; what the caller must bring is given back. */
export async function follow(workshop: Workshop, why: Why, { edits }: PlacedChange): Promise<Brought> {
  const brought: Brought = { sessionPolicy: undefined, keys: new Map() }
  for (const { edit } of edits ?? []) {
    if (edit.edit === 'context') {
      const [kind = '', tag] = edit.key.split('/')
      if (/PrincipalTag/.test(kind))
        await tagPrincipal(owner(workshop, why.principal), why.principal ?? '', tag ?? '', edit.value)
      else if (/ResourceTag/.test(kind)) await tagResource(workshop, why.check?.resource ?? '', tag ?? '', edit.value)
      else brought.keys.set(edit.key, edit.value)
    } else if (edit.policyType === 'session policy') brought.sessionPolicy = edit.document
    else await put(workshop, why, edit)
  }
  return brought
}

const owner = ({ target }: Workshop, arn: string | null): Aws =>
  [target.caller, ...target.identities.values()].find(each => accountOf(each.arn) === accountOf(arn ?? '')) ??
  target.caller

function entityOf(arn: string): { kind: 'Role' | 'User'; who: Record<string, string> } {
  const [type, ...path] = (arn.split(':')[5] ?? '').split('/')
  return type === 'assumed-role'
    ? { kind: 'Role', who: { RoleName: path[0] ?? '' } }
    : { kind: 'User', who: { UserName: path.at(-1) ?? '' } }
}

async function tagPrincipal(aws: Aws, arn: string, Key: string, Value: string): Promise<void> {
  const { kind, who } = entityOf(arn)
  await must(aws.call(`iam:Tag${kind}`, { ...who, Tags: [{ Key, Value }] }))
}

async function tagResource(workshop: Workshop, arn: string, Key: string, Value: string): Promise<void> {
  const aws = owner(workshop, arn)
  if (arn.includes(':role/'))
    await must(aws.call('iam:TagRole', { RoleName: arn.split('/').at(-1), Tags: [{ Key, Value }] }))
  else await must(aws.call('ecr:TagResource', { resourceArn: arn, tags: [{ Key, Value }] }))
}

async function put(workshop: Workshop, { principal, check }: Why, edit: DocumentEdit): Promise<void> {
  const { policyType, policy, policyArn, document } = edit
  const aws = owner(
    workshop,
    policyType === 'resource-based' || policyType === 'role trust policy' ? (check?.resource ?? '') : principal,
  )
  if (policyType === 'resource-based') {
    const repositoryName = policy.replace('repository policy of ', '')
    await must(
      document === null
        ? aws.call('ecr:DeleteRepositoryPolicy', { repositoryName })
        : aws.call('ecr:SetRepositoryPolicy', { repositoryName, policyText: document, force: true }),
    )
    return
  }
  if (policyType === 'role trust policy') {
    const RoleName = policy.replace('trust policy of ', '')
    await must(aws.call('iam:UpdateAssumeRolePolicy', { RoleName, PolicyDocument: document }))
    return
  }
  const { kind, who } = entityOf(principal ?? '')
  if (policy.startsWith('inline:')) {
    const name = { ...who, PolicyName: policy.slice('inline:'.length) }
    await must(
      document === null
        ? aws.call(`iam:Delete${kind}Policy`, name)
        : aws.call(`iam:Put${kind}Policy`, { ...name, PolicyDocument: document }),
    )
  } else if (document !== null)
    await must(
      aws.call('iam:CreatePolicyVersion', { PolicyArn: policyArn, PolicyDocument: document, SetAsDefault: true }),
    )
  else if (policyType === 'permissions boundary') await must(aws.call(`iam:Delete${kind}PermissionsBoundary`, who))
  else await must(aws.call(`iam:Detach${kind}Policy`, { ...who, PolicyArn: policyArn }))
}

/** Makes the call of a step again, with fresh credentials of the same caller. */
export async function callAgain(
  workshop: Workshop,
  labs: readonly Lab[],
  { lab, step: id, principal }: Why,
  { sessionPolicy, keys }: Brought,
): Promise<Outcome> {
  const { target, labFolder, catalogue, userCredentialsFile, folder } = workshop
  const options = {
    ...{ target, catalogue, labFolder, userCredentialsFile, workingFolder: folder, env: {}, version: '0.0.0' },
    ...{ emit: () => {}, signal: new AbortController().signal },
  }
  const reported = await withReports(await pastRuns(labFolder))
  const chosen = lastWith(reported, lab, id)
  const planned = planLabs(labs, { asked: [lab], overrides: {}, suffix: '' })
  const own = planned.find(each => each.lab.id === lab)
  const step = own?.lab.groups.flat().find(each => each.id === id)
  if (!chosen || !own || !step) throw new Error(`there is no ${lab}/${id}`)
  const { stage, sessions } = await restage(options, planned, reported, chosen)
  const parameters = {
    ExternalId: keys.get('sts:ExternalId'),
    SourceIdentity: keys.get('sts:SourceIdentity'),
    RoleSessionName: keys.get('sts:RoleSessionName'),
  }
  const actor = await freshActor(workshop, principal ?? '', sessions, sessionPolicy)
  const context = stage.context(own, actor)
  const aws: Aws = {
    ...actor,
    credentials: () => actor.credentials(),
    call: (operation, input) =>
      actor.call(operation, operation === 'sts:AssumeRole' ? { ...input, ...given(parameters) } : input),
  }
  const { credentials } = aws
  const { accessKeyId, secretAccessKey, sessionToken } = await credentials()
  const environment = async () => ({
    ...(await context.environment().catch(() => ({ PATH: process.env.PATH ?? '' }))),
    ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
    ...(sessionToken ? { AWS_SESSION_TOKEN: sessionToken } : {}),
  })
  return (await stage.prepare(own, step).prepared.run({ ...context, aws, environment })).outcome
}

const given = (input: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))

async function freshActor(
  workshop: Workshop,
  principal: string,
  sessions: Awaited<ReturnType<typeof restage>>['sessions'],
  sessionPolicy: string | null | undefined,
): Promise<Aws> {
  const known = [workshop.target.caller, ...workshop.target.identities.values()].find(({ arn }) => arn === principal)
  if (known) return known
  const aws = owner(workshop, principal)
  const [type, name = '', session = ''] = (principal.split(':')[5] ?? '').split('/')
  if (type !== 'assumed-role') {
    const UserName = principal.split('/').at(-1)
    const keys = (await must(aws.call('iam:ListAccessKeys', { UserName }))) as {
      AccessKeyMetadata: { AccessKeyId: string }[]
    }
    const [, second] = keys.AccessKeyMetadata
    if (second) await must(aws.call('iam:DeleteAccessKey', { UserName, AccessKeyId: second.AccessKeyId }))
    const key = await must(aws.call('iam:CreateAccessKey', { UserName }))
    const accessKeyId = stringAt(key, 'AccessKey', 'AccessKeyId') ?? ''
    return workshop.target.as(
      { accessKeyId, secretAccessKey: stringAt(key, 'AccessKey', 'SecretAccessKey') ?? '' },
      principal,
    )
  }
  // Whoever assumed the role may be let in by its trust policy alone: for this, the owner is.
  const role = (await must(aws.call('iam:GetRole', { RoleName: name }))) as {
    Role: { AssumeRolePolicyDocument: string; Arn: string }
  }
  const former = decodeURIComponent(role.Role.AssumeRolePolicyDocument)
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: aws.arn }, Action: ['sts:AssumeRole', 'sts:TagSession'] }],
  })
  await must(aws.call('iam:UpdateAssumeRolePolicy', { RoleName: name, PolicyDocument: trust }))
  const limits = sessions.get(principal)
  const policy = sessionPolicy === undefined ? limits?.policy : sessionPolicy
  const output = await must(
    aws.call(
      'sts:AssumeRole',
      given({
        RoleArn: role.Role.Arn,
        RoleSessionName: session,
        Policy: policy ?? undefined,
        PolicyArns: limits?.policyArns.map(arn => ({ arn })),
        Tags: limits?.tags && Object.entries(limits.tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    ),
  )
  await must(aws.call('iam:UpdateAssumeRolePolicy', { RoleName: name, PolicyDocument: former }))
  const credentials = {
    accessKeyId: stringAt(output, 'Credentials', 'AccessKeyId') ?? '',
    secretAccessKey: stringAt(output, 'Credentials', 'SecretAccessKey') ?? '',
    sessionToken: stringAt(output, 'Credentials', 'SessionToken') ?? undefined,
  }
  return workshop.target.as(credentials, principal)
}
