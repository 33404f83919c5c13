import { AwsError } from '../errors.ts'
import { defineOperation } from '../operation.ts'
import { creationNeeds } from './creation-needs.ts'
import { type Tag, type User, uniqueIds } from './entities.ts'
import { user } from './holder.ts'
import { recordBoundary, requireBoundary } from './permissions-boundary.ts'
import { refuseDuplicateTags } from './tags.ts'
import { describedUser } from './user-output.ts'

interface Input {
  UserName: string
  Path?: string
  PermissionsBoundary?: string
  Tags?: Tag[]
}

export const CreateUser = defineOperation<Input>({
  effect: 'changes',
  needs: ({ input, ...scope }) => creationNeeds('User', user.arn(scope, input.Path ?? '/', input.UserName), input),
  handle({ input, now, secrets, ...scope }) {
    const { UserName, Path = '/', PermissionsBoundary, Tags = [] } = input
    refuseDuplicateTags(Tags, 'insensitive')
    requireBoundary(scope, PermissionsBoundary)
    if (user.find(scope, UserName))
      throw new AwsError('EntityAlreadyExists', 409, `User with name ${UserName} already exists.`)
    const created: User = {
      Path,
      UserName,
      UserId: secrets.newId('AIDA'),
      Arn: user.arn(scope, Path, UserName),
      CreateDate: now,
      ...(PermissionsBoundary === undefined ? {} : { PermissionsBoundary }),
      Tags,
      groups: [],
      inline: {},
      attached: [],
    }
    user.save(scope, created)
    recordBoundary(scope, 'user-boundary', UserName, undefined, PermissionsBoundary)
    scope.state.put(uniqueIds, { accountId: scope.caller.accountId, kind: 'user', name: UserName }, created.UserId)
    return { User: describedUser(created) }
  },
})
