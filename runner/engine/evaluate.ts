import type { Outcome } from '../../assertions/index.ts'
import {
  type AccessRequest,
  type ContextValue,
  decideBothWays,
  type NotKnown,
  type PolicySet,
} from '../../policy/index.ts'
import { accountOf } from '../aws/arns.ts'
import type { Aws, Resource, SessionLimits } from '../steps/step-kind.ts'
import { deniedSomehow, outcomeOfDecision } from './decided-outcome.ts'
import { notKnown } from './not-known.ts'
import { managedPolicy, policyOf, readPrincipal, repositoryPolicies, trustPolicy, Unread } from './read-policies.ts'
import { Undecidable } from './undecidable.ts'

export interface Question {
  /** Who would ask. */
  actor: Pick<Aws, 'arn'>
  /** true: he may do whatever the policies of a resource leave him, his own are not read. For the lab's own caller, in whose place a grader may stand. */
  trusted?: boolean
  /** The session policies and tags its session was made with. */
  session: SessionLimits | null
  action: string
  /** ARN, or `*`. */
  resource: string
  region: string
  /** Pieces of the present state that are to be thought away. */
  without: readonly Resource[]
  /** Taken as the repository's policy in place of the present one. */
  repositoryPolicy?: string | undefined
  /** Condition keys that the call itself brings. Default: it is not known which. */
  brings?: Readonly<Record<string, ContextValue>> | undefined
}

/** Who reads the policies of an account; null: nobody can. */
export type Readers = (account: string) => Aws | null

/**
 * What AWS would answer, decided from the policies read by the owner of each account: for probes that must not be sent because they would
 * change something if they were allowed.
 *
 * @returns an outcome as AWS would give it, output undefined when allowed
 * @throws Unread when a read is refused or fails, Undecidable where it turns on what is not known of the request, PolicyError for a policy that
 * cannot be evaluated
 */
export async function evaluate(readers: Readers, question: Question): Promise<Outcome> {
  const { request, policies, notKnown } = await readQuestion(readers, question)
  const { pessimistic, optimistic, turnsOn } = decideBothWays(request, policies, notKnown)
  if (pessimistic.decision === optimistic.decision && pessimistic.policyType === optimistic.policyType)
    return outcomeOfDecision(pessimistic, question)
  throw new Undecidable(question.action, turnsOn, optimistic.decision === 'allowed' ? null : deniedSomehow(question))
}

/**
 * The request with everything that bears on it, as the owner of each account reads it now. Tags of principal, session and repository are read;
 * service control and resource control policies and VPC endpoint policies are not, nor is there a network address.
 *
 * @throws Unread when a read is refused or fails
 */
export async function readQuestion(
  readers: Readers,
  question: Question,
): Promise<{ request: AccessRequest; policies: PolicySet; notKnown: NotKnown }> {
  const { actor, action, resource, without, repositoryPolicy } = question
  const account = accountOf(actor.arn)
  const resourceAccount = accountOf(resource) ?? account ?? ''
  const reader = readers(account ?? resourceAccount)
  const ownersReader = readers(resourceAccount)
  if (!reader || !ownersReader) throw new Unread(unreadable(reader ? resourceAccount : (account ?? actor.arn)))
  const principal = question.trusted === true ? null : principalOf(actor.arn)
  const isRepository = resource.includes(':repository/')
  const [policies, repository, session, trust] = await Promise.all([
    principal === null ? null : readPrincipal(reader, principal.kind, principal.name, without),
    isRepository ? repositoryPolicies(ownersReader, resource, without, repositoryPolicy) : null,
    sessionPolicies(reader, question.session),
    assumes(action) ? trustPolicy(ownersReader, resource) : null,
  ])
  const all = {
    identity: question.trusted === true ? [everything] : (policies?.identity ?? []),
    boundary: policies?.boundary ?? null,
    session,
    resource: repository?.policies ?? [],
    trust,
  }
  if (repository?.hiddenTags && /ResourceTag/i.test(JSON.stringify(all))) throw new Unread(repository.hiddenTags)
  const now = new Date()
  const context: Record<string, ContextValue> = {
    ...{ 'aws:RequestedRegion': regionOf(question), 'aws:SecureTransport': true, 'aws:ViaAWSService': false },
    'aws:CurrentTime': now.toISOString(),
    ...tagKeys('aws:PrincipalTag/', { ...policies?.tags, ...question.session?.tags }),
    ...tagKeys('aws:ResourceTag/', repository?.tags),
    ...tagKeys('ecr:ResourceTag/', repository?.tags),
    ...question.brings,
  }
  const known = {
    given: Object.keys(context).filter(key => !(key === 'aws:RequestedRegion' && /^sts:/i.test(action))),
    own: question.trusted !== true,
    id: typeof policies?.id === 'string',
    // A session that no step has made may have been given tags.
    principalTags: question.session !== null || !actor.arn.includes(':assumed-role/'),
    // What is only now to be made has the tags that it is made with.
    resourceTags: resource === '*' || (isRepository && !/^ecr:CreateRepository$/i.test(action)),
    call: question.brings !== undefined,
  }
  return {
    notKnown: notKnown(known, now),
    request: {
      principal: actor.arn,
      account,
      principalId: policies?.id ?? undefined,
      issuerArn: policies?.arn,
      action,
      resource,
      resourceAccount,
      context,
    },
    policies: all,
  }
}

const everything = policyOf(
  'what the lab’s own caller may do',
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
)

/** IAM is asked in one region. */
const regionOf = ({ action, region }: Question): string =>
  /^iam:/i.test(action) && !/^(?:cn|us-gov)-/.test(region) ? 'us-east-1' : region

/** A role's trust policy has a say in these alone. */
const assumes = (action: string): boolean => /^sts:(AssumeRole|TagSession$|SetSourceIdentity$)/i.test(action)

/** `arn:aws:sts::A:assumed-role/R/S` and `arn:aws:iam::A:role/path/R` are role R, `arn:aws:iam::A:user/path/U` user U; null: root, whom no identity policy binds. */
function principalOf(arn: string): { kind: 'Role' | 'User'; name: string } | null {
  const [type, ...path] = (arn.split(':')[5] ?? '').split('/')
  if (type === 'assumed-role' && path[0]) return { kind: 'Role', name: path[0] }
  const name = path.at(-1)
  if (type === 'role' && name) return { kind: 'Role', name }
  return type === 'user' && name ? { kind: 'User', name } : null
}

async function sessionPolicies(reader: Aws, session: Question['session']): Promise<PolicySet['session']> {
  if (!session || (session.policy === null && session.policyArns.length === 0)) return null
  const managed = await Promise.all(session.policyArns.map(arn => managedPolicy(reader, arn)))
  return session.policy === null ? managed : [policyOf('session policy', session.policy), ...managed]
}

const tagKeys = (prefix: string, tags: Readonly<Record<string, string>> = {}): Record<string, ContextValue> =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}${key}`, value]))

const unreadable = (account: string): Outcome => ({
  outcome: 'failed',
  cause: 'credentials',
  code: 'NoReader',
  message: `no identity of labs.yaml can read the policies of account ${account}`,
  httpStatus: null,
  requestId: null,
})
