import { type Outcome, outcomeOf, parseDenial, type StepStatus, type Verdict } from '../../../assertions/index.ts'
import { done, localFailure } from '../../steps/local-outcome.ts'
import type { CommandResult } from '../session/bash-session.ts'

const cliError = /An error occurred \(\s*([\w.]+)\s*\) when calling the\s+(\w+)\s+operation[^:]*:\s*([\s\S]*)/
const unreachable =
  /Could not connect to the endpoint URL|Connection was closed|Connect timeout on endpoint|Read timeout on endpoint/

/** Longest output that a report keeps, in characters. */
const kept = 20_000

/** What a command of a page came to. A pipe may hide that the CLI at its head was refused: what it printed tells. */
export function commandOutcome(
  text: string,
  { end, exitCode, stdout, stderr }: CommandResult,
  timeout: number,
): Outcome {
  const output = { exit: exitCode, stdout: stdout.slice(0, kept), stderr: stderr.slice(0, kept) }
  if (end === 'timeout') return localFailure('Timeout', `it did not end within ${timeout / 1000} s`, output)
  if (end === 'interrupted') return localFailure('Interrupted', 'interrupted', output)
  const hidden = exitCode === 0 && cliError.test(stderr) && hidesFailure(text)
  if (exitCode === 0 && !hidden) return done(output)
  const printed = `${stderr}\n${stdout}`.trim()
  const denial = parseDenial(printed)
  const [, code, operation, message] = cliError.exec(stderr) ?? []
  if (denial.isDenial || code !== undefined)
    return outcomeOf({
      code: code ?? denial.code ?? 'AccessDenied',
      message: (denial.isDenial ? printed : (message ?? printed)).trim(),
      httpStatus: null,
      requestId: null,
      operation: operation ?? denial.operation,
      output,
    })
  if (unreachable.test(stderr)) return { ...localFailure('NoAnswer', stderr.trim(), output), cause: 'network' }
  return localFailure(`exit-${exitCode}`, stderr.trim() || `exit status ${exitCode}`, output)
}

/** A pipe's status is that of its last program; `||` says that the author knows. */
const hidesFailure = (text: string): boolean => /\|/.test(text) && !text.includes('||')

const infrastructure = new Set(['throttled', 'unavailable', 'network', 'credentials'])

/** Whether a failing of the page, of whoever runs it, or of AWS. */
export function commandStatus(outcome: Outcome, verdict: Verdict, callerArn: string): StepStatus {
  if (verdict.passed) return 'passed'
  if (outcome.outcome === 'failed')
    return infrastructure.has(outcome.cause) || outcome.code === 'Interrupted' ? 'error' : 'failed'
  if (outcome.outcome === 'allowed') return 'failed'
  const { principal, policyType } = outcome.denial
  if (/service control policy|resource control policy/.test(policyType ?? '')) return 'blocked'
  return principal === callerArn ? 'blocked' : 'failed'
}
