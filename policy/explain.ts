import { documentOf } from './compile.ts'
import type { Condition } from './conditions/condition.ts'
import { decide, subjectOf, verdictOf } from './decide.ts'
import type { AccessRequest, Decision, Mismatch, PolicySet, StatementVerdict } from './decision.ts'
import { policiesOf } from './findings.ts'
import { coverage } from './principal-entries.ts'
import { actionMatches, principalCoverage, resourceMatches, type Statement, type Subject } from './statement.ts'

function conditionMismatch({ operator, key, values }: Condition, { context }: Subject): Mismatch {
  const actual = context.get(key, key.toLowerCase())
  return {
    element: 'Condition',
    operator,
    key,
    expected: values,
    actual: actual === undefined ? null : typeof actual === 'object' ? actual.map(String) : String(actual),
  }
}

/** The first element that failed, in the order Action, Resource, Principal, Condition; null: the statement matches. */
function mismatchOf(statement: Statement, request: AccessRequest, subject: Subject): Mismatch | null {
  const { actions, resources, principals, conditions } = statement
  if (!actionMatches(statement, subject)) {
    const element = statement.notAction ? 'NotAction' : 'Action'
    return { element, expected: actions.map(({ text }) => text), actual: request.action }
  }
  if (resources !== null && !resourceMatches(statement, subject)) {
    const element = statement.notResource ? 'NotResource' : 'Resource'
    return { element, expected: resources.map(({ text }) => text), actual: request.resource }
  }
  if (principals !== null && principalCoverage(statement, subject) === coverage.none) {
    const element = statement.notPrincipal ? 'NotPrincipal' : 'Principal'
    return { element, expected: principals.texts, actual: request.principal }
  }
  const failed = conditions.find(condition => !condition.holds(subject.context))
  return failed === undefined ? null : conditionMismatch(failed, subject)
}

/**
 * The decision, and of every statement of every policy passed whether it matched and, if not, which element stood against it.
 * A statement of a policy that does not bind this request (`layers`: notApplicable) is judged all the same.
 */
export function explain(request: AccessRequest, policies: PolicySet): Decision & { statements: StatementVerdict[] } {
  const decision = decide(request, policies)
  const subject = subjectOf(request, policies)
  const statements = policiesOf(policies).flatMap(([policyType, attached]) =>
    attached.flatMap(policy =>
      documentOf(policy).statements.map(statement => {
        const mismatch = mismatchOf(statement, request, subject)
        const verdict = verdictOf({ policy, statement }, policyType, mismatch === null)
        return mismatch === null ? verdict : { ...verdict, mismatch }
      }),
    ),
  )
  return { ...decision, statements }
}
