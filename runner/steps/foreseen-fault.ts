import { type Outcome, outcomeOf } from '../../assertions/index.ts'
import type { Fault } from '../../policy/index.ts'

/** A document's fault in the form of AWS's answer; null where there is none. */
export const foreseenFault = (fault: Fault | null): Outcome | null =>
  fault &&
  outcomeOf({ code: fault.code, message: fault.message, httpStatus: fault.status, requestId: null, operation: null })
