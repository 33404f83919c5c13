import { AwsError } from '../errors.ts'

const invalid = (message: string): AwsError => new AwsError('InvalidIdentityToken', 400, message)

/** STS's words, as pasted in issues. */
export const notAToken = (): AwsError =>
  invalid('The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)')

export const noProvider = (issuer: string): AwsError =>
  invalid(`No OpenIDConnect provider found in your account for ${issuer}`)

export const noKeys = (): AwsError =>
  invalid(
    "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
  )

export const wrongAudience = (): AwsError => invalid('Incorrect token audience')

export const expired = (now: number, expiry: number): AwsError =>
  new AwsError(
    'ExpiredTokenException',
    400,
    `Token expired: current date/time ${now} must be before the expiration date/time ${expiry}`,
  )

export const notImplemented = (what: string): AwsError =>
  new AwsError('NotImplemented', 501, `${what} is not implemented by the sandbox`)
