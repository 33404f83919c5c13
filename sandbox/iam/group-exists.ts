import { AwsError } from '../errors.ts'

export const groupExists = (name: string): AwsError =>
  new AwsError('EntityAlreadyExists', 409, `Group with name ${name} already exists.`)
