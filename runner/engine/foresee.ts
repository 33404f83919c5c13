import type { Expectation, Outcome } from '../../assertions/index.ts'
import type { ContextValue } from '../../policy/index.ts'
import type { Aws, Decide, Permission, PreparedStep, Resource, StepContext } from '../steps/step-kind.ts'
import { asksOfCaller } from './callers-own.ts'
import { evaluate } from './evaluate.ts'
import type { Stage } from './stage.ts'

interface Deciding {
  /** Condition keys that the call itself brings. */
  brings?: Readonly<Record<string, ContextValue>> | undefined
  /** true: the lab's own caller is held back by his own policies too. Default: a grader may stand in his place, who lacks what he had. */
  ownPolicies?: boolean
}

/** What the actor would be answered, some pieces of the present state thought away. */
export const decideFor =
  (stage: Stage, actor: Aws, without: readonly Resource[], { brings, ownPolicies = false }: Deciding): Decide =>
  (action, resource, repositoryPolicy) =>
    evaluate(account => stage.ownerOf(account), {
      actor,
      trusted: actor === stage.target.caller && !ownPolicies,
      session: stage.sessionOf(actor.arn),
      action,
      resource,
      region: stage.target.place.region,
      without,
      repositoryPolicy,
      brings,
    })

/** Every check that the step's call passes, in order; empty: it is not known. */
export const checksOf = ({ request, requests }: PreparedStep, { place }: StepContext): Permission[] =>
  requests?.(place) ?? (request ? [request(place)] : [])

/** The first refusal, or the last answer. */
export async function decideAll(decide: Decide, [first, ...rest]: readonly Permission[]): Promise<Outcome> {
  if (!first) throw new TypeError('there is no check to decide')
  const decided = await decide(first.action, first.resource)
  return decided.outcome !== 'allowed' || rest.length === 0 ? decided : decideAll(decide, rest)
}

const allowed: Outcome = { outcome: 'allowed', output: undefined, httpStatus: null, requestId: null }

/** What would come of a change that may not be sent: the refusal, if the policies read refuse it, else the error that AWS's rules foresee. */
export async function foresee(
  stage: Stage,
  prepared: PreparedStep,
  expectation: Expectation,
  context: StepContext,
  overridden: readonly Resource[],
): Promise<Outcome | null> {
  const checks = checksOf(prepared, context)
  const { refused, brings } = prepared
  const { kind } = expectation
  if (checks.length === 0 || (kind === 'error' && !refused)) return null
  const decide = decideFor(stage, context.aws, overridden, { brings, ownPolicies: asksOfCaller(expectation) })
  // The lab's own caller is one who may do what the lab does, also where a grader who may only read stands in for him.
  const ownCaller = kind === 'error' && context.aws === stage.target.caller
  const decided = ownCaller ? allowed : await decideAll(decide, checks)
  return decided.outcome === 'allowed' ? ((await refused?.(context, decide)) ?? decided) : decided
}
