import { awsManaged } from './aws-managed.ts'

export const AdministratorAccess = awsManaged({
  PolicyName: 'AdministratorAccess',
  PolicyId: 'ANPAIWMBCKSKIEE64ZLYK',
  Description: 'Provides full access to AWS services and resources.',
  created: '2015-02-06T18:39:46Z',
  updated: '2015-02-06T18:39:46Z',
  version: 1,
  statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
})
