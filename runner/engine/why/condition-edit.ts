import { explain, type Mismatch, type StatementVerdict } from '../../../policy/index.ts'
import { applied, type ContextEdit, type Situation } from './edit.ts'
import type { EditableType } from './layers.ts'

/** Keys that a caller, or whoever tags the principal or the resource, has in his hand. */
const inHand =
  /^(?:sts:(?:ExternalId|RoleSessionName|SourceIdentity)|(?:aws|ecr|iam):(?:PrincipalTag|RequestTag|ResourceTag)\/.+)$/i

const positive =
  /^(?:ForAnyValue:|ForAllValues:)?(?:StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|Bool)(?:IfExists)?$/i

const mostConditions = 5

/** The value that meets the condition, policy variables filled in; null: it cannot be told. */
function wanted({ expected }: Mismatch, { request }: Situation): string | null {
  const [first] = expected
  if (first === undefined || /[*?]/.test(first)) return null
  const known = new Map(Object.entries(request.context ?? {}).map(([key, value]) => [key.toLowerCase(), String(value)]))
  const filled = first.replaceAll(/\$\{([^}]+)\}/g, (text, key: string) => known.get(key.toLowerCase()) ?? text)
  return filled.includes('${') ? null : filled
}

/**
 * What a call, or a tag, would have to bring so that an Allow matches that now fails by its conditions alone. Empty: there is no such
 * statement, or its keys are nobody's to choose (time, network, MFA).
 */
export function contextEdits(
  situation: Situation,
  type: EditableType,
  verdicts: readonly StatementVerdict[],
): ContextEdit[] {
  for (const verdict of verdicts) {
    if (verdict.policyType !== type || verdict.effect !== 'Allow' || verdict.mismatch?.element !== 'Condition') continue
    const edits = towards(situation, verdict)
    if (edits) return edits
  }
  return []
}

function towards(situation: Situation, target: StatementVerdict): ContextEdit[] | null {
  const edits: ContextEdit[] = []
  let now = situation
  for (let turn = 0; turn < mostConditions; turn += 1) {
    const verdict = explain(now.request, now.policies).statements.find(each => same(each, target))
    if (verdict?.matched) return edits
    const { mismatch } = verdict ?? {}
    if (mismatch?.element !== 'Condition' || !mismatch.key || !inHand.test(mismatch.key)) return null
    const value = positive.test(mismatch.operator ?? '') ? wanted(mismatch, now) : null
    if (value === null) return null
    const edit: ContextEdit = { edit: 'context', key: mismatch.key, value }
    edits.push(edit)
    now = applied(now, edit)
  }
  return null
}

const same = (a: StatementVerdict, b: StatementVerdict): boolean =>
  a.policyType === b.policyType && a.policy === b.policy && a.policyArn === b.policyArn && a.index === b.index
