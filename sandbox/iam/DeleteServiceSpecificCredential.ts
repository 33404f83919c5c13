import { defineOperation } from '../operation.ts'
import { user } from './holder.ts'
import { impliedUser, impliedUserNeeds } from './implied-user.ts'
import { unsure } from './unsure.ts'

interface Input {
  UserName?: string
  ServiceSpecificCredentialId: string
}

export const DeleteServiceSpecificCredential = defineOperation<Input>({
  effect: 'changes',
  needs: call => impliedUserNeeds(call, 'iam:DeleteServiceSpecificCredential', call.input.UserName),
  handle({ input: { UserName, ServiceSpecificCredentialId: id }, ...scope }) {
    const name = impliedUser(scope.caller, UserName)
    if (name === null) throw unsure.credentialNotFound(id)
    const owner = user.named(scope, name)
    const { serviceCredentials = [] } = owner
    const kept = serviceCredentials.filter(credential => credential.ServiceSpecificCredentialId !== id)
    if (kept.length === serviceCredentials.length) throw unsure.credentialNotFound(id)
    user.save(scope, { ...owner, serviceCredentials: kept })
    return undefined
  },
})
