import { authorize, type Judged } from './authorize.ts'
import { readsIam } from './consistency/late-reads.ts'
import { checkCredentialLimits } from './credential-limits.ts'
import type { AnyOperation, Call, Operation } from './operation.ts'
import { operations } from './operations.ts'
import type { ServiceName } from './wire/service-model.ts'

/** An operation whose input was checked against its own schema, so that its type may be forgotten. */
export type Served = Operation<Record<string, unknown>>

export const servedOperation = (service: ServiceName, name: string): Served | undefined => {
  const served: Readonly<Record<string, AnyOperation>> = operations[service]
  return Object.hasOwn(served, name) ? (served[name] as unknown as Served) : undefined
}

/**
 * Authorizes the call and carries it out, in the transaction that `call.state` is inside of.
 * @throws AwsError
 */
export const perform = (service: ServiceName, name: string, operation: Served, call: Call, checks: Judged[]) => {
  checkCredentialLimits(call.caller, service, name)
  const { settled, read } = call.state
  const enforced = settled === undefined ? call : { ...call, state: settled }
  authorize(enforced, service, operation.needs(enforced), checks)
  return operation.handle(read !== undefined && readsIam(service, name) ? { ...call, state: read } : call)
}
