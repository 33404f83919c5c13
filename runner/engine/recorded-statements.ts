import type { AccessDecision, LabReport, StepReport } from '../../assertions/index.ts'
import type { RecordedCheck } from './why/ask-why.ts'

/** What a target recorded of requests, by their ids; a request of which it has nothing is not in it. */
export type RecordsOf = (requestIds: ReadonlySet<string>) => Promise<ReadonlyMap<string, readonly RecordedCheck[]>>

/** The reports with the statements that decided each observed call, where the target keeps a record of them. */
export async function withStatements(labs: LabReport[], recordsOf: RecordsOf | undefined): Promise<LabReport[]> {
  const asked = labs.flatMap(lab => lab.steps).filter(step => step.access.some(isOpen))
  const ids = new Set(asked.flatMap(({ actual }) => actual?.requestId ?? []))
  if (!recordsOf || ids.size === 0) return labs
  const records = await recordsOf(ids)
  const told = (step: StepReport): StepReport => {
    const checks = records.get(step.actual?.requestId ?? '')
    return checks ? { ...step, access: step.access.map(each => (isOpen(each) ? withThose(each, checks) : each)) } : step
  }
  return labs.map(lab => ({ ...lab, steps: lab.steps.map(told) }))
}

const isOpen = ({ evidence, statements }: AccessDecision): boolean => evidence === 'observed' && statements === null

function withThose(decision: AccessDecision, checks: readonly RecordedCheck[]): AccessDecision {
  const same = (check: RecordedCheck) => check.action.toLowerCase() === decision.action.toLowerCase()
  const check = checks.find(each => same(each) && each.resource === decision.resource) ?? checks.find(same)
  if (!check) return decision
  return {
    ...decision,
    statements: check.statements.map(({ policyType, policy, index, sid, effect }) => ({
      ...{ effect, policyType, policy, statement: sid || String(index + 1) },
    })),
  }
}
