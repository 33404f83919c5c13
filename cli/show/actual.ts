import type { StepReport } from '../../assertions/index.ts'
import { actualPhrase } from '../../assertions/verdict/phrases.ts'

/** What came of a step, in one line: `allowed, 1 image (v1)`. `detail` is the step kind's own word for an output. */
export function actualOf({ actual, output }: StepReport, detail: string | null): string {
  if (actual === null) return 'not run'
  const { httpStatus, requestId } = actual
  const answer = { code: actual.code ?? '', message: actual.message ?? '', httpStatus, requestId }
  if (actual.outcome === 'denied' && actual.denial)
    return actualPhrase({ outcome: 'denied', ...answer, denial: actual.denial })
  if (actual.outcome !== 'allowed') return actualPhrase({ outcome: 'failed', cause: 'request', ...answer })
  return detail === null ? actualPhrase({ outcome: 'allowed', output, httpStatus, requestId }) : `allowed, ${detail}`
}
