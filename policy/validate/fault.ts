/** AWS's refusal of a document: code, HTTP status and text as AWS gives them. */
export interface Fault {
  code: string
  status: number
  message: string
}

export const malformed = (message: string): Fault => ({ code: 'MalformedPolicyDocument', status: 400, message })
export const limitExceeded = (message: string): Fault => ({ code: 'LimitExceeded', status: 409, message })
export const invalidPolicyText = (kind: 'repository' | 'registry'): Fault => ({
  code: 'InvalidParameterException',
  status: 400,
  message: `Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid ${kind} policy provided'`,
})
