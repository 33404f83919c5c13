import { AwsError } from '../errors.ts'

/**
 * Texts for which no record of IAM's answer was found: the codes are documented, the sentences follow the pattern of recorded ones.
 * Nothing should compare them.
 */
export const unsure = {
  invalidMarker: () => new AwsError('ValidationError', 400, 'Invalid Marker.'),
  policyStillBoundary: () =>
    new AwsError('DeleteConflict', 409, 'Cannot delete a policy used as a permissions boundary.'),
  roleNotInProfile: (role: string, profile: string) =>
    new AwsError('NoSuchEntity', 404, `Role ${role} is not in the instance profile ${profile}.`),
  instanceProfileExists: (name: string) =>
    new AwsError('EntityAlreadyExists', 409, `Instance Profile ${name} already exists.`),
  loginProfileExists: (name: string) =>
    new AwsError('EntityAlreadyExists', 409, `Login Profile for user ${name} already exists.`),
  aliasTaken: (alias: string) => new AwsError('EntityAlreadyExists', 409, `The account alias ${alias} already exists.`),
  aliasNotFound: (alias: string) =>
    new AwsError('NoSuchEntity', 404, `The account alias with name ${alias} cannot be found.`),
  serviceRoleTaken: (role: string) => {
    const text = `Service role name ${role} has been taken in this account, please try a different suffix.`
    return new AwsError('InvalidInput', 400, text)
  },
  taskNotFound: (task: string) =>
    new AwsError('NoSuchEntity', 404, `The deletion task with id ${task} cannot be found.`),
  serviceNotSupported: (service: string) =>
    new AwsError('NotSupportedService', 404, `The service ${service} does not support service-specific credentials.`),
  credentialNotFound: (id: string) =>
    new AwsError('NoSuchEntity', 404, `The service-specific credential with id ${id} cannot be found.`),
  mfaNameTooLong: (most: number) => {
    const text = `Value at 'virtualMFADeviceName' failed to satisfy constraint: Member must have length less than or equal to ${most}`
    return new AwsError('ValidationError', 400, `1 validation error detected: ${text}`)
  },
  mfaDeviceExists: () =>
    new AwsError('EntityAlreadyExists', 409, 'MFADevice entity at the same path and name already exists.'),
  mfaDeviceInUse: () => new AwsError('EntityAlreadyExists', 409, 'MFA Device is already in use.'),
  mfaDeviceStillEnabled: () => new AwsError('DeleteConflict', 409, 'MFA VirtualDevice in use. Must deactivate first.'),
  mfaDeviceNotFound: (serial: string) =>
    new AwsError('NoSuchEntity', 404, `VirtualMFADevice with serial number ${serial} doesn't exist.`),
  providerExists: (url: string) => new AwsError('EntityAlreadyExists', 409, `Provider with url ${url} already exists.`),
  providerNotFound: (arn: string) =>
    new AwsError('NoSuchEntity', 404, `OpenIDConnect Provider not found for arn ${arn}`),
  urlNotValid: () => new AwsError('InvalidInput', 400, 'Invalid Open ID Connect Provider URL'),
} as const
