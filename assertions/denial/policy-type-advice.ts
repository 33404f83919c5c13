import type { PolicyType } from '../outcome.ts'
import { pages } from './pages.ts'

/** What a refusal by one type of policy means for the caller, and where to look. */
export interface Advice {
  /** Completes `It was refused because ...`. */
  implicit: string
  explicit: string
  /** Steps for a person, most likely first. */
  whenImplicit: readonly string[]
  whenExplicit: readonly string[]
  page: string
}

const findDeny =
  'Find the statement with `Effect: Deny` that matches this action and resource; an Allow elsewhere cannot outweigh it.'
const conditions =
  'Read the conditions of that statement too: it may bite only without MFA, from another network or in another region.'
const administrator = "Ask the organization's administrator: nothing inside this account can change it."

/** One entry for each policy type that AWS names. */
export const advice: Record<PolicyType, Advice> = {
  'identity-based': {
    implicit:
      "no policy attached to the caller (its own, its groups' or its role's) allows the action on this resource",
    explicit: 'a policy attached to the caller denies the action',
    whenImplicit: [
      'Look at the policies attached to the user, its groups or the role, and add an Allow for this action on this resource.',
      'When an Allow is there, compare its Resource and Condition with the resource named here, letter by letter.',
      'A new or changed policy takes some seconds to work everywhere.',
    ],
    whenExplicit: [findDeny, conditions],
    page: pages.denied,
  },
  'resource-based': {
    implicit:
      'the policy on the resource does not allow the caller, and for a caller of another account both sides must allow',
    explicit: 'the policy on the resource itself denies the caller',
    whenImplicit: [
      "Look at the resource's own policy (an ECR repository policy, a bucket policy) and allow this principal and action there.",
      "For a caller of another account, its own identity-based policy must allow the action as well; AWS's sentence may name the resource's policy when that one is missing.",
    ],
    whenExplicit: [
      "Look at the resource's own policy; for ECR: `aws ecr get-repository-policy --repository-name NAME`.",
      findDeny,
      conditions,
    ],
    page: pages.repository,
  },
  'permissions boundary': {
    implicit: "the caller's permissions boundary does not allow the action, whatever its other policies allow",
    explicit: "the caller's permissions boundary denies the action",
    whenImplicit: [
      'A boundary grants nothing, it caps: the action must be allowed in the boundary and in an identity-based policy.',
      'See which policy is the boundary: `aws iam get-role` or `aws iam get-user`, member PermissionsBoundary.',
    ],
    whenExplicit: [
      'See which policy is the boundary: `aws iam get-role` or `aws iam get-user`, member PermissionsBoundary.',
      findDeny,
    ],
    page: pages.boundary,
  },
  'session policy': {
    implicit: 'the policy passed when the session was made does not allow the action, although the role or user may',
    explicit: 'the policy passed when the session was made denies the action',
    whenImplicit: [
      'A session policy narrows a role for one session: the action must be allowed by the role and by the session policy.',
      'Look at the `Policy` or `PolicyArns` given to AssumeRole or GetFederationToken, and make a new session with a wider one.',
    ],
    whenExplicit: ['Look at the `Policy` or `PolicyArns` given to AssumeRole or GetFederationToken.', findDeny],
    page: pages.session,
  },
  'service control policy': {
    implicit: 'no service control policy of the organization allows the action at some level above this account',
    explicit: 'a service control policy of the organization denies the action in this account',
    whenImplicit: [
      'Each level above the account (root, organizational units, the account itself) needs a service control policy that allows the action.',
      administrator,
    ],
    whenExplicit: [
      "The policy lives in the organization's management account, whose number its ARN bears, not in yours.",
      administrator,
      'Try another region: such policies often allow certain regions only.',
    ],
    page: pages.serviceControl,
  },
  'resource control policy': {
    implicit: "no resource control policy of the resource's organization allows the action",
    explicit: 'a resource control policy of the organization that owns the resource denies the caller',
    whenImplicit: [administrator],
    whenExplicit: [
      "The policy protects the resource's account and mostly keeps out callers from outside the organization.",
      administrator,
    ],
    page: pages.resourceControl,
  },
  'VPC endpoint policy': {
    implicit: 'the request went through a VPC endpoint whose policy does not allow the action',
    explicit: 'the request went through a VPC endpoint whose policy denies the action',
    whenImplicit: [
      'Look at the policy of the VPC endpoint that the request went through, in the account that owns the VPC.',
      'The same call from outside the VPC would not meet this policy.',
    ],
    whenExplicit: ['Look at the policy of the VPC endpoint that the request went through.', findDeny],
    page: pages.endpoint,
  },
  'role trust policy': {
    implicit: "the role's trust policy does not name the caller",
    explicit: "the role's trust policy denies the caller",
    whenImplicit: [
      'Look at the trust policy of the role (`aws iam get-role`, member AssumeRolePolicyDocument): its Principal must be the caller, its role or its account.',
      'Read its conditions: an external id, MFA or a source identity may be missing from the call.',
    ],
    whenExplicit: [
      'Look at the trust policy of the role (`aws iam get-role`, member AssumeRolePolicyDocument).',
      findDeny,
    ],
    page: pages.roles,
  },
  'network-based': {
    implicit: 'the auth policy of the VPC Lattice service network does not allow the caller',
    explicit: 'the auth policy of the VPC Lattice service network denies the caller',
    whenImplicit: ["Look at the service network's auth policy; an unsigned request is `anonymous` there."],
    whenExplicit: ["Look at the service network's auth policy.", findDeny],
    page: pages.lattice,
  },
  'service-based': {
    implicit: 'the auth policy of the VPC Lattice service does not allow the caller',
    explicit: 'the auth policy of the VPC Lattice service denies the caller',
    whenImplicit: ["Look at the service's auth policy; an unsigned request is `anonymous` there."],
    whenExplicit: ["Look at the service's auth policy.", findDeny],
    page: pages.lattice,
  },
}
