import { AwsError } from '../errors.ts'
import { defineOperation, type Need } from '../operation.ts'
import { creationNeeds } from './creation-needs.ts'
import { type Role, type Tag, uniqueIds } from './entities.ts'
import { role } from './holder.ts'
import { recordBoundary, requireBoundary } from './permissions-boundary.ts'
import { createdRole } from './role-output.ts'
import { refuseDuplicateTags } from './tags.ts'
import { resolveTrustPolicy } from './trust-policy.ts'

interface Input {
  RoleName: string
  AssumeRolePolicyDocument: string
  Path?: string
  Description?: string
  MaxSessionDuration?: number
  PermissionsBoundary?: string
  Tags?: Tag[]
}

export const CreateRole = defineOperation<Input>({
  effect: 'changes',
  needs: ({ input, ...scope }): Need[] =>
    creationNeeds('Role', role.arn(scope, input.Path ?? '/', input.RoleName), input),
  handle({ input, now, secrets, ...scope }) {
    const { RoleName, Path = '/', Description, MaxSessionDuration = 3600, PermissionsBoundary, Tags = [] } = input
    refuseDuplicateTags(Tags, 'insensitive')
    requireBoundary(scope, PermissionsBoundary)
    const trust = resolveTrustPolicy(input.AssumeRolePolicyDocument, scope.state)
    if (role.find(scope, RoleName))
      throw new AwsError('EntityAlreadyExists', 409, `Role with name ${RoleName} already exists.`)
    const created: Role = {
      Path,
      RoleName,
      RoleId: secrets.newId('AROA'),
      Arn: role.arn(scope, Path, RoleName),
      CreateDate: now,
      AssumeRolePolicyDocument: trust,
      ...(Description === undefined ? {} : { Description }),
      MaxSessionDuration,
      ...(PermissionsBoundary === undefined ? {} : { PermissionsBoundary }),
      Tags,
      inline: {},
      attached: [],
    }
    role.save(scope, created)
    recordBoundary(scope, 'role-boundary', RoleName, undefined, PermissionsBoundary)
    scope.state.put(uniqueIds, { accountId: scope.caller.accountId, kind: 'role', name: RoleName }, created.RoleId)
    return { Role: createdRole(scope, created) }
  },
})
