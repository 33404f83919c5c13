import { AwsError } from '../errors.ts'

/** Texts of STS that nobody has on record. */
export const unsure = {
  signatureNotValid: () =>
    new AwsError('InvalidIdentityToken', 400, 'The signature of the web identity token could not be verified'),
  notYetValid: (now: number, from: number) =>
    new AwsError(
      'InvalidIdentityToken',
      400,
      `Token not yet valid: current date/time ${now} must be after the not before date/time ${from}`,
    ),
} as const
