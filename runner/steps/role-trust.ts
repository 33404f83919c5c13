import { type ContextValue, compilePolicy, decideBothWays, isDerivedKey, type NotKnown } from '../../policy/index.ts'
import { nameOfArn } from '../aws/arns.ts'
import { decodeDocument, readRole } from './role-state.ts'
import type { Aws, AwsPlace } from './step-kind.ts'

const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }

/** What the call brings is known, there or not; an address or an hour may be anything. */
const notKnown: NotKnown = {
  has: key => !isDerivedKey(key) && !/^(?:sts:|aws:requesttag\/|aws:tagkeys$)/.test(key),
  between: {},
}

/**
 * STS names no reason when it refuses AssumeRole (facts, section 3). Would the role refuse this caller even if the caller were allowed
 * everything? Then the role is missing, or its trust policy is the reason.
 *
 * @param brings condition keys that the call itself brings
 * @returns false where that cannot be read or told
 */
export async function trustRefuses(
  caller: Aws,
  { account }: AwsPlace,
  roleArn: string,
  brings: Readonly<Record<string, ContextValue>>,
): Promise<boolean> {
  const name = nameOfArn(roleArn)
  const found = await readRole(caller, name)
  if (found.state === 'absent') return true
  if (found.state === 'unread') return false
  const trust = {
    name: `trust policy of ${name}`,
    policy: compilePolicy(decodeDocument(found.role.AssumeRolePolicyDocument)),
  }
  const request = {
    principal: caller.arn,
    account: caller.arn.split(':')[4] ?? null,
    action: 'sts:AssumeRole',
    resource: roleArn,
    resourceAccount: roleArn.split(':')[4] ?? account,
    context: brings,
  }
  const identity = [{ name: 'everything', policy: compilePolicy(everything) }]
  return decideBothWays(request, { identity, trust }, notKnown).optimistic.decision !== 'allowed'
}
