import type { ServiceCredential, User } from './entities.ts'

export const credentialOutput = ({ UserName }: User, credential: ServiceCredential) => ({
  ...credential,
  UserName,
  CreateDate: new Date(credential.CreateDate),
})
