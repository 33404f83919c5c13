import { defineOperation } from '../operation.ts'
import type { ServiceCredential } from './entities.ts'
import { user } from './holder.ts'
import { limitExceeded } from './limit-exceeded.ts'
import { credentialOutput } from './service-credential.ts'
import { unsure } from './unsure.ts'

const maximum = 2
const services = new Set(['cassandra.amazonaws.com', 'codecommit.amazonaws.com'])

interface Input {
  UserName: string
  ServiceName: string
}

/** The only answer that ever shows the password. None of the services is in the sandbox. */
export const CreateServiceSpecificCredential = defineOperation<Input>({
  effect: 'changes',
  needs: call => user.needs(call, 'iam:CreateServiceSpecificCredential', call.input.UserName),
  handle({ input: { UserName, ServiceName }, now, secrets, ...scope }) {
    const owner = user.named(scope, UserName)
    if (!services.has(ServiceName)) throw unsure.serviceNotSupported(ServiceName)
    const { serviceCredentials = [] } = owner
    const ofService = serviceCredentials.filter(other => other.ServiceName === ServiceName)
    if (ofService.length >= maximum) throw limitExceeded('ServiceSpecificCredentialsPerUser', maximum)
    const credential: ServiceCredential = {
      ServiceSpecificCredentialId: secrets.newId('ACCA'),
      ServiceName,
      ServiceUserName: `${owner.UserName}-at-${scope.caller.accountId}`,
      Status: 'Active',
      CreateDate: now,
    }
    user.save(scope, { ...owner, serviceCredentials: [...serviceCredentials, credential] })
    const ServicePassword = secrets.secretAccessKey(credential.ServiceSpecificCredentialId)
    return { ServiceSpecificCredential: { ...credentialOutput(owner, credential), ServicePassword } }
  },
})
