import { defineOperation } from '../operation.ts'
import { user } from './holder.ts'
import { impliedUser, impliedUserNeeds } from './implied-user.ts'
import { credentialOutput } from './service-credential.ts'

interface Input {
  UserName?: string
  ServiceName?: string
}

export const ListServiceSpecificCredentials = defineOperation<Input>({
  effect: 'reads',
  needs: call => impliedUserNeeds(call, 'iam:ListServiceSpecificCredentials', call.input.UserName),
  handle({ input, ...scope }) {
    const name = impliedUser(scope.caller, input.UserName)
    if (name === null) return { ServiceSpecificCredentials: [] }
    const owner = user.named(scope, name)
    const { serviceCredentials = [] } = owner
    const wanted = serviceCredentials.filter(({ ServiceName }) => ServiceName === (input.ServiceName ?? ServiceName))
    return { ServiceSpecificCredentials: wanted.map(credential => credentialOutput(owner, credential)) }
  },
})
