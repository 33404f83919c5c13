import type { Denial } from '../outcome.ts'
import { pages } from './pages.ts'

/** Advice for a refusal whose text names no policy type. The first row that fits is taken; the last fits all. */
export interface UnreasonedAdvice {
  fits: (denial: Denial) => boolean
  why: string
  next: readonly string[]
  page: string
}

const serviceOf = ({ action }: Denial) => action?.split(':')[0]?.toLowerCase() ?? null

/** AWS answers these calls without a reason, so that each cause has to be looked at. */
export const unreasonedAdvice: readonly UnreasonedAdvice[] = [
  {
    fits: denial => denial.decision === 'explicitDeny',
    why: 'some policy denies it explicitly; AWS does not say which',
    next: [
      "Look for `Effect: Deny` in the caller's policies, in the resource's policy, in a permissions boundary and in the organization's policies.",
      'An Allow cannot outweigh a Deny: the Deny has to be narrowed or removed.',
    ],
    page: pages.denied,
  },
  {
    fits: denial => denial.decision === 'implicitDeny',
    why: 'nothing allows it; AWS names a kind of policy that is not known here',
    next: ["Compare the caller's policies with the action and the resource named here."],
    page: pages.denied,
  },
  {
    fits: denial => serviceOf(denial) === 'sts',
    why: 'STS never says why: the role may not exist, its trust policy may not name the caller, or the caller may lack the permission to assume it',
    next: [
      'Check the spelling of the role and its account: a role that does not exist is refused in the same words.',
      "Check the role's trust policy: its Principal must be the caller, its role or its account, and its conditions must hold.",
      'Check that a policy of the caller allows `sts:AssumeRole` on this role, which another account always needs.',
    ],
    page: pages.roles,
  },
  {
    fits: denial => serviceOf(denial) === 'kms',
    why: 'KMS does not say which: the key may not exist in this region, no key policy may allow it, or one may deny it',
    next: ['Check the region and the account of the key.', "Check the key's policy, then the caller's own policies."],
    page: pages.denied,
  },
  {
    fits: denial => serviceOf(denial) === 's3',
    why: 'S3 gives its reason only within an account or organization, or names a setting instead of a policy',
    next: [
      "Check the caller's policies, the bucket policy and S3 Block Public Access.",
      "For another account, both the bucket policy and the caller's own policy must allow it.",
    ],
    page: pages.bucket,
  },
  {
    fits: denial => serviceOf(denial) === 'ec2' || denial.code?.includes('UnauthorizedOperation') === true,
    why: 'EC2 may hide the reason in an encoded message',
    next: [
      'Decode it: `aws sts decode-authorization-message --encoded-message TEXT`, which needs `sts:DecodeAuthorizationMessage`.',
    ],
    page: pages.denied,
  },
  {
    fits: () => true,
    why: 'AWS does not say which policy decided',
    next: [
      'An old client or service gives no reason: repeat the call with the aws CLI to see more.',
      "Check the caller's policies first, then the resource's policy, then boundaries and the organization's policies.",
    ],
    page: pages.evaluation,
  },
]
