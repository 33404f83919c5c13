import { type Outcome, outcomeOf } from '../../../assertions/index.ts'
import { localFailure } from '../../steps/local-outcome.ts'
import type { Sent } from './shim-server.ts'

const error = /An error occurred \(\s*([\w.]+)\s*\) when calling the\s+(\w+)\s+operation[^:]*:\s*([\s\S]*)/

/** What a call of the CLI came to. Where it prints no answer of AWS's, whether the call took effect is not known. */
export function cliOutcome({ code, stdout, stderr }: Sent): { outcome: Outcome; answered: boolean } {
  if (code === 0)
    return {
      outcome: { outcome: 'allowed', output: asObject(stdout), httpStatus: null, requestId: null },
      answered: true,
    }
  const [, awsCode, operation = null, message = ''] = error.exec(stderr) ?? []
  if (awsCode !== undefined)
    return {
      answered: !/^(Internal|ServiceUnavailable|ServerException|5\d\d)/.test(awsCode),
      outcome: outcomeOf({ code: awsCode, message: message.trim(), httpStatus: null, requestId: null, operation }),
    }
  // Of the CLI's own statuses these mean that it did not send anything: a command line or a parameter is wrong.
  const unsent = code === 252 || /^(usage:|aws: \[?error|Parameter validation failed|Unknown options)/m.test(stderr)
  return { outcome: localFailure(`exit-${code}`, stderr.trim() || `exit status ${code}`), answered: unsent }
}

function asObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
  } catch {
    return {}
  }
}
