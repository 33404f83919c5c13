import { validateIdentityPolicy } from '../../policy/index.ts'
import { AwsError } from '../errors.ts'
import { defineOperation } from '../operation.ts'
import { creationNeeds } from './creation-needs.ts'
import { type ManagedPolicy, policies, type Tag } from './entities.ts'
import { policyArn, savePolicy } from './managed-policy.ts'
import { createdPolicy } from './policy-output.ts'
import { refuse } from './refuse.ts'
import { refuseDuplicateTags } from './tags.ts'

interface Input {
  PolicyName: string
  PolicyDocument: string
  Path?: string
  Description?: string
  Tags?: Tag[]
}

export const CreatePolicy = defineOperation<Input>({
  effect: 'changes',
  needs: ({ input, ...scope }) =>
    creationNeeds('Policy', policyArn(scope, input.Path ?? '/', input.PolicyName), input, `policy ${input.PolicyName}`),
  handle({ input, now, secrets, ...scope }) {
    const { PolicyName, PolicyDocument, Path = '/', Description, Tags = [] } = input
    refuseDuplicateTags(Tags, 'sensitive')
    refuse(validateIdentityPolicy(PolicyDocument, 'managed'))
    if (scope.state.get(policies, scope.caller.accountId, PolicyName.toLowerCase()) !== undefined) {
      const text = `A policy called ${PolicyName} already exists. Duplicate names are not allowed.`
      throw new AwsError('EntityAlreadyExists', 409, text)
    }
    const policy: ManagedPolicy = {
      PolicyName,
      PolicyId: secrets.newId('ANPA'),
      Path,
      Arn: policyArn(scope, Path, PolicyName),
      ...(Description === undefined ? {} : { Description }),
      CreateDate: now,
      UpdateDate: now,
      DefaultVersionId: 'v1',
      lastVersion: 1,
      versions: [{ VersionId: 'v1', Document: PolicyDocument, CreateDate: now }],
      Tags,
    }
    savePolicy(scope, policy)
    return { Policy: createdPolicy(scope, policy) }
  },
})
