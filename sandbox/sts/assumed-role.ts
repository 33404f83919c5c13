import type { ContextValue } from '../../policy/index.ts'
import { AwsError } from '../errors.ts'
import { type Role, roles } from '../iam/entities.ts'
import type { Call } from '../operation.ts'

export const validationError = (message: string): AwsError => new AwsError('ValidationError', 400, message)

/** @throws AwsError ValidationError */
export const checkRoleArn = (arn: string): void => {
  if (!/^arn:aws:iam::\d{12}:role\/./.test(arn)) throw validationError(`${arn} is invalid`)
}

export const accountAndName = (arn: string): { accountId: string; name: string } => ({
  accountId: arn.split(':')[4] ?? '',
  name: arn.slice(arn.lastIndexOf('/') + 1),
})

/** Names of roles are unique regardless of case, but here they match with their case, and with their path. */
export const roleOf = (arn: string, state: Call['state']): Role | undefined => {
  const { accountId, name } = accountAndName(arn)
  const role = state.get(roles, accountId, name.toLowerCase())
  return role?.Arn === arn ? role : undefined
}

export const trustPolicyOf = (role: Role | undefined) =>
  role === undefined ? null : { name: `trust policy of ${role.RoleName}`, text: role.AssumeRolePolicyDocument }

export const roleTagContext = (role: Role | undefined): Record<string, ContextValue> =>
  Object.fromEntries(
    (role?.Tags ?? []).flatMap(({ Key, Value }) => [
      [`aws:ResourceTag/${Key}`, Value],
      [`iam:ResourceTag/${Key}`, Value],
    ]),
  )

/**
 * Seconds. STS compares with the role's maximum first, then with the limit of role chaining.
 * @throws AwsError ValidationError
 */
export const sessionDuration = (wanted: number | undefined, role: Role, chained: boolean): number => {
  const duration = wanted ?? 3600
  if (duration > role.MaxSessionDuration) {
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
  }
  if (chained && duration > 3600) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    )
  }
  return duration
}
