import { AwsError } from '../errors.ts'
import { randomFrom } from '../random.ts'
import type { ServiceName } from '../wire/service-model.ts'
import type { FaultKind, FaultOptions, FaultRule } from './fault-rule.ts'

/** A rule that strikes this request. */
export interface Strike {
  kind: FaultKind
  when: 'before' | 'after'
  /** Milliseconds. */
  delay: number
}

export interface Faults {
  /** The first rule that strikes, or null. */
  strike(service: ServiceName, operation: string): Strike | null
}

export const faultsOf = ({ rules, seed = 1 }: FaultOptions): Faults => {
  const random = randomFrom(seed)
  const counted = rules.map(rule => ({ rule, pattern: patternOf(rule.operation ?? '*'), matched: 0, struck: 0 }))
  return {
    strike(service, operation) {
      for (const entry of counted) {
        const { rule, pattern } = entry
        if (!pattern.test(`${service}:${operation}`)) continue
        entry.matched += 1
        if (entry.matched <= (rule.after ?? 0) || entry.struck >= (rule.times ?? Number.POSITIVE_INFINITY)) continue
        if (random() >= (rule.probability ?? 1)) continue
        entry.struck += 1
        return strikeOf(rule)
      }
      return null
    },
  }
}

const patternOf = (glob: string): RegExp =>
  new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[A-Za-z:]*')}$`)

/** Half an answer can only be lost when there is one. */
const strikeOf = ({ kind, when, delay = 0 }: FaultRule): Strike => ({
  kind,
  when: kind === 'truncate' || kind === 'latency' ? 'after' : (when ?? 'before'),
  delay,
})

/** The error that a strike answers with; null: it says nothing. */
export const faultError = (kind: FaultKind, service: ServiceName): AwsError | null => {
  switch (kind) {
    case 'throttle':
      return new AwsError(service === 'ecr' ? 'ThrottlingException' : 'Throttling', 400, 'Rate exceeded')
    case 'server-error':
      return service === 'ecr'
        ? new AwsError('ServerException', 500, 'an internal error of the sandbox, as asked for')
        : new AwsError('InternalFailure', 500, 'an internal error of the sandbox, as asked for')
    case 'unavailable':
      return new AwsError('ServiceUnavailable', 503, 'Service is unavailable')
    default:
      return null
  }
}
