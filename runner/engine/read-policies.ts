import type { Outcome } from '../../assertions/index.ts'
import { type AttachedPolicy, compilePolicy, type PolicySet } from '../../policy/index.ts'
import { nameOfArn } from '../aws/arns.ts'
import { paged } from '../aws/paged.ts'
import { at, hasCode, listAt, stringAt, tagsOf } from '../steps/answers.ts'
import { decodeDocument } from '../steps/role-state.ts'
import type { Aws, Resource } from '../steps/step-kind.ts'

/** A read that was refused or failed: nothing can be decided without it. */
export class Unread extends Error {
  readonly outcome: Outcome
  constructor(outcome: Outcome) {
    super(outcome.outcome === 'allowed' ? 'unreadable' : outcome.message)
    this.name = 'Unread'
    this.outcome = outcome
  }
}

const infrastructure = new Set(['throttled', 'unavailable', 'network', 'credentials'])

async function must(read: Promise<Outcome>): Promise<unknown> {
  const outcome = await read
  if (outcome.outcome !== 'allowed') throw new Unread(outcome)
  return outcome.output
}

/** A document as it was read, compiled. */
export const policyOf = (name: string, text: string): AttachedPolicy => ({ name, text, policy: compilePolicy(text) })

/** The parts of a policy set that belong to a role or a user, with its ARN (path included), unique id and tags. */
export interface PrincipalPolicies {
  arn: string
  id: string | null
  tags: Readonly<Record<string, string>>
  identity: AttachedPolicy[]
  boundary: AttachedPolicy | null
}

/**
 * Reads what a role or user may do, as IAM has it now: inline and managed policies (a user's groups' too) and the boundary. Each piece that
 * `without` names is left out.
 *
 * @throws Unread when IAM refuses or fails a read
 */
export async function readPrincipal(
  aws: Aws,
  kind: 'Role' | 'User',
  name: string,
  without: readonly Resource[] = [],
): Promise<PrincipalPolicies> {
  const who = { [`${kind}Name`]: name }
  const [entity, own, groups] = await Promise.all([
    must(aws.call(`iam:Get${kind}`, who)),
    readEntity(aws, kind, name, without),
    kind === 'User' ? groupPolicies(aws, name) : [],
  ])
  const boundaryArn = stringAt(entity, kind, 'PermissionsBoundary', 'PermissionsBoundaryArn')
  return {
    arn: stringAt(entity, kind, 'Arn') ?? '',
    id: stringAt(entity, kind, `${kind}Id`),
    tags: tagsOf(at(entity, kind, 'Tags')) ?? {},
    identity: [...own, ...groups],
    boundary: boundaryArn === null ? null : await managedPolicy(aws, boundaryArn),
  }
}

async function groupPolicies(aws: Aws, UserName: string): Promise<AttachedPolicy[]> {
  const output = await must(paged(aws, 'iam:ListGroupsForUser', { UserName }, 'Groups'))
  const groups = listAt(output, 'Groups').flatMap(group => stringAt(group, 'GroupName') ?? [])
  return (await Promise.all(groups.map(group => readEntity(aws, 'Group', group, [])))).flat()
}

async function readEntity(
  aws: Aws,
  kind: 'Role' | 'User' | 'Group',
  name: string,
  without: readonly Resource[],
): Promise<AttachedPolicy[]> {
  const who = { [`${kind}Name`]: name }
  const [attached, inline] = await Promise.all([
    must(paged(aws, `iam:ListAttached${kind}Policies`, who, 'AttachedPolicies')),
    must(paged(aws, `iam:List${kind}Policies`, who, 'PolicyNames')),
  ])
  const arns = listAt(attached, 'AttachedPolicies').flatMap(policy => stringAt(policy, 'PolicyArn') ?? [])
  const names = listAt(inline, 'PolicyNames').filter(policy => typeof policy === 'string')
  const left = (type: string, what: string) =>
    !without.some(resource => resource.type === type && (resource.arn === what || resource.name === `${name} ${what}`))
  return Promise.all([
    ...arns.filter(arn => left('attachment', arn)).map(arn => managedPolicy(aws, arn)),
    ...names
      .filter(policy => left('inline policy', policy))
      .map(async policy => {
        const output = await must(aws.call(`iam:Get${kind}Policy`, { ...who, PolicyName: policy }))
        return policyOf(`inline:${policy}`, decodeDocument(at(output, 'PolicyDocument')))
      }),
  ])
}

/** A managed policy's default version. */
export async function managedPolicy(aws: Aws, arn: string): Promise<AttachedPolicy> {
  const policy = await must(aws.call('iam:GetPolicy', { PolicyArn: arn }))
  const VersionId = stringAt(policy, 'Policy', 'DefaultVersionId')
  const version = await must(aws.call('iam:GetPolicyVersion', { PolicyArn: arn, VersionId }))
  const document = decodeDocument(at(version, 'PolicyVersion', 'Document'))
  return { ...policyOf(nameOfArn(arn), document), arn }
}

/** A role's trust policy; null: there is no such role, which STS refuses as one whose trust policy is silent. */
export async function trustPolicy(aws: Aws, roleArn: string): Promise<AttachedPolicy | null> {
  const RoleName = roleArn.slice(roleArn.lastIndexOf('/') + 1)
  const role = await aws.call('iam:GetRole', { RoleName })
  if (hasCode(role, 'NoSuchEntity')) return null
  const document = decodeDocument(at(await must(Promise.resolve(role)), 'Role', 'AssumeRolePolicyDocument'))
  return policyOf(`trust policy of ${RoleName}`, document)
}

/** What a repository brings to a decision. */
export interface RepositoryPolicies {
  policies: NonNullable<PolicySet['resource']>
  tags: Readonly<Record<string, string>>
  /** The refusal, where the tags may not be read. */
  hiddenTags: Outcome | null
}

/**
 * The policies that hang on a repository: its own, unless `without` names it or another text stands for it, and the registry's.
 *
 * @param aws of the repository's account
 * @param instead taken as the repository's policy
 */
export async function repositoryPolicies(
  aws: Aws,
  repositoryArn: string,
  without: readonly Resource[],
  instead?: string,
): Promise<RepositoryPolicies> {
  const repositoryName = repositoryArn.slice(repositoryArn.indexOf(':repository/') + ':repository/'.length)
  // All repositories at once are asked for by a pattern: no single policy hangs on it.
  const named = !repositoryName.includes('*')
  const [own, registry, tagged] = await Promise.all([
    named ? aws.call('ecr:GetRepositoryPolicy', { repositoryName }) : null,
    aws.call('ecr:GetRegistryPolicy', {}),
    named ? aws.call('ecr:ListTagsForResource', { resourceArn: repositoryArn }) : null,
  ])
  // A name that ECR does not take is that of no repository.
  const none = own !== null && hasCode(own, 'RepositoryPolicyNotFound', 'RepositoryNotFound', 'InvalidParameter')
  if (own !== null && own.outcome !== 'allowed' && !none) throw new Unread(own)
  // What may not be read may decide; that there is none is said otherwise.
  if (isOpen(registry)) throw new Unread(registry)
  if (tagged?.outcome === 'failed' && isOpen(tagged)) throw new Unread(tagged)
  const left = !without.some(resource => resource.type === 'repository policy' && resource.name === repositoryName)
  const present = stringAt(own?.outcome === 'allowed' ? own.output : null, 'policyText')
  const text = instead ?? (left ? present : null)
  const registryText = stringAt(registry.outcome === 'allowed' ? registry.output : null, 'policyText')
  const policies = [
    ...(text === null ? [] : [policyOf(`repository policy of ${repositoryName}`, text)]),
    ...(registryText === null ? [] : [policyOf('registry policy', registryText)]),
  ]
  const tags = tagged?.outcome === 'allowed' ? (tagsOf(listAt(tagged.output, 'tags')) ?? {}) : {}
  return { policies, tags, hiddenTags: tagged?.outcome === 'denied' ? tagged : null }
}

const isOpen = (read: Outcome): boolean =>
  read.outcome === 'denied' || (read.outcome === 'failed' && infrastructure.has(read.cause))
