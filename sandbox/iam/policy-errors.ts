import { AwsError } from '../errors.ts'

const noSuchEntity = (message: string): AwsError => new AwsError('NoSuchEntity', 404, message)

/** Detach*, GetPolicy, DeletePolicy and the tag operations say it so. */
export const policyNotFound = (arn: string): AwsError => noSuchEntity(`Policy ${arn} was not found.`)

/** Attach*, ListEntitiesForPolicy and the version lists say it so. */
export const policyNotAttachable = (arn: string): AwsError =>
  noSuchEntity(`Policy ${arn} does not exist or is not attachable.`)

export const versionNotFound = (arn: string, version: string): AwsError =>
  noSuchEntity(`Policy ${arn} version ${version} does not exist or is not attachable.`)

export const boundaryNotFound = (arn: string): AwsError =>
  noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`)

export const inlinePolicyNotFound = (noun: string, name: string): AwsError =>
  noSuchEntity(`The ${noun} policy with name ${name} cannot be found.`)

/** AWS's managed policies belong to AWS, whatever the caller's permissions. */
export const outsideAccount = (verb: string): AwsError =>
  new AwsError('AccessDenied', 403, `Cannot ${verb} outside your own account.`)

export const arnNotValid = (code: 'ValidationError' | 'InvalidInput', arn: string): AwsError =>
  new AwsError(code, 400, `ARN ${arn} is not valid.`)
