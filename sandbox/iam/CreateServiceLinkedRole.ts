import { AwsError } from '../errors.ts'
import { defineOperation } from '../operation.ts'
import { type Role, uniqueIds } from './entities.ts'
import { role } from './holder.ts'
import { createdRole } from './role-output.ts'
import { linkedRoleName, linkedRolePath, linkedTrust } from './service-linked-role.ts'
import { unsure } from './unsure.ts'

interface Input {
  AWSServiceName: string
  Description?: string
  CustomSuffix?: string
}

/** The service's own managed policy is not attached: the services are not there to use it. */
export const CreateServiceLinkedRole = defineOperation<Input>({
  effect: 'changes',
  needs({ input: { AWSServiceName, CustomSuffix }, ...scope }) {
    const name = linkedRoleName(AWSServiceName, CustomSuffix) ?? '*'
    return [
      {
        action: 'iam:CreateServiceLinkedRole',
        resource: role.arn(scope, linkedRolePath(AWSServiceName), name),
        context: { 'iam:AWSServiceName': AWSServiceName },
      },
    ]
  },
  handle({ input: { AWSServiceName, Description, CustomSuffix }, now, secrets, ...scope }) {
    const RoleName = linkedRoleName(AWSServiceName, CustomSuffix)
    if (RoleName === null) {
      const text = `iam:CreateServiceLinkedRole for ${AWSServiceName} is not implemented by the sandbox`
      throw new AwsError('NotImplemented', 501, text)
    }
    if (role.find(scope, RoleName)) throw unsure.serviceRoleTaken(RoleName)
    const Path = linkedRolePath(AWSServiceName)
    const created: Role = {
      Path,
      RoleName,
      RoleId: secrets.newId('AROA'),
      Arn: role.arn(scope, Path, RoleName),
      CreateDate: now,
      AssumeRolePolicyDocument: linkedTrust(AWSServiceName),
      ...(Description === undefined ? {} : { Description }),
      MaxSessionDuration: 3600,
      Tags: [],
      inline: {},
      attached: [],
    }
    role.save(scope, created)
    scope.state.put(uniqueIds, { accountId: scope.caller.accountId, kind: 'role', name: RoleName }, created.RoleId)
    return { Role: createdRole(scope, created) }
  },
})
