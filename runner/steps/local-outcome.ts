import type { Allowed, Failed } from '../../assertions/index.ts'

/** Answers of this machine rather than of AWS. */
export const done = (output: unknown): Allowed => ({ outcome: 'allowed', output, httpStatus: null, requestId: null })

export const localFailure = (code: string, message: string, output?: unknown): Failed => ({
  outcome: 'failed',
  cause: 'local',
  code,
  message,
  httpStatus: null,
  requestId: null,
  ...(output === undefined ? {} : { output }),
})
