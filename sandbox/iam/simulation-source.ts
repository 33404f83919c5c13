import { AwsError } from '../errors.ts'
import type { Need } from '../operation.ts'
import { arnResource } from './arn-resource.ts'
import type { Group, Role, User } from './entities.ts'
import { group, role, type Scope, user } from './holder.ts'

const form = /^arn:[^:]+:iam::(\d{12}):(user|role|group)\/(?:.*\/)?([^/]+)$/

const invalidArn = (arn: string): AwsError =>
  new AwsError('InvalidInput', 400, `Invalid ARN provided in the request: ${arn}`)

export const simulationNeeds = (action: string, arn: string): Need[] => [
  { action, resource: arnResource(arn, invalidArn(arn)) },
]

/** The user, role or group behind a PolicySourceArn. Throws InvalidInput for other ARNs (sessions too), NoSuchEntity. */
export const sourceOf = (scope: Scope, arn: string): User | Role | Group => {
  const [, accountId, noun, name = ''] = form.exec(arn) ?? []
  if (noun === undefined) throw invalidArn(arn)
  const holder = noun === 'user' ? user : noun === 'role' ? role : group
  const entity =
    accountId === scope.caller.accountId && /^[\w+=,.@-]{1,128}$/.test(name) ? holder.find(scope, name) : undefined
  if (entity?.Arn !== arn) throw new AwsError('NoSuchEntity', 404, 'Unable to retrieve specified IAM entity.')
  return entity
}
