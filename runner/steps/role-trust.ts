import { compilePolicy, decide } from '../../policy/index.ts'
import { nameOfArn } from '../aws/arns.ts'
import { decodeDocument, readRole } from './role-state.ts'
import type { Aws, AwsPlace } from './step-kind.ts'

const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }

/**
 * STS names no reason when it refuses AssumeRole (facts, section 3). Would the role refuse this caller even if the caller were allowed
 * everything? Then the role is missing, or its trust policy is the reason.
 *
 * @returns false where that cannot be read or told
 */
export async function trustRefuses(caller: Aws, { account }: AwsPlace, roleArn: string): Promise<boolean> {
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
  }
  const identity = [{ name: 'everything', policy: compilePolicy(everything) }]
  return decide(request, { identity, trust }).decision !== 'allowed'
}
