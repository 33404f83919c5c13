import { type Decision, decide, explain, PolicyError, type StatementVerdict } from '../../../policy/index.ts'
import { additions, creation, widenings } from './addition.ts'
import { contextEdits } from './condition-edit.ts'
import { applied, type Edit, type Situation } from './edit.ts'
import { isEditable } from './layers.ts'
import { merged } from './merged.ts'
import { withoutStatement } from './removal.ts'

/** What would turn an outcome, proven by deciding again; or why nothing in this account would. */
export type Change = { edits: Edit[]; turns: 'allowed' | 'denied' } | { edits: null; because: string }

const mostEdits = 12

const none = (because: string): Change => ({ edits: null, because })

const decisionOf = ({ request, policies }: Situation): Decision => decide(request, policies)

/** An edit that makes a document that cannot be evaluated is none. */
function after(situation: Situation, edits: readonly Edit[]): Situation | null {
  try {
    return edits.reduce(applied, situation)
  } catch (error) {
    if (error instanceof PolicyError) return null
    throw error
  }
}

/**
 * The smallest change after which every one of the checks is allowed. Each step removes the one reason that AWS would name next; that it does is
 * decided anew.
 *
 * @param situations the checks of one step, in the order in which they are made
 */
export function changeToAllow(situations: readonly Situation[]): Change {
  const edits: Edit[] = []
  let now = [...situations]
  for (let turn = 0; turn < mostEdits; turn += 1) {
    const refused = now.find(each => decisionOf(each).decision !== 'allowed')
    if (!refused) return { edits: merged(edits), turns: 'allowed' }
    const next = nextToAllow(refused)
    if (typeof next === 'string') return none(next)
    const changed = now.map(each => after(each, next))
    if (changed.includes(null)) return none('the change would make a policy that cannot be evaluated')
    now = changed.filter(each => each !== null)
    edits.push(...next)
  }
  return none('too many policies stand in the way')
}

function nextToAllow(refused: Situation): Edit[] | string {
  const { decision, policyType, deciding } = decisionOf(refused)
  if (policyType === null) return 'these credentials may not make the call at all, whatever the policies say'
  if (!isEditable(policyType)) return `a ${policyType} decides, which is not this account's to change`
  if (decision === 'explicitDeny') {
    const edits = deciding.map(verdict => withoutStatement(refused, verdict))
    const [first] = edits.filter(each => each !== null)
    // One at a time: another Deny is the next reason.
    return first ? [first] : 'the policy that denies cannot be read'
  }
  const verdicts: StatementVerdict[] = explain(refused.request, refused.policies).statements
  const conditions = contextEdits(refused, policyType, verdicts)
  const created = creation(refused, policyType, 'Allow')
  const candidates: Edit[][] = [
    ...(conditions.length > 0 ? [conditions] : []),
    ...widenings(refused, policyType, verdicts).map(each => [each]),
    ...additions(refused, policyType, 'Allow').map(each => [each]),
    ...(created ? [[created]] : []),
  ]
  return candidates.find(each => removesReason(refused, each)) ?? `no ${policyType} that can be changed was found`
}

/** The layer that was named is not named again. */
function removesReason(refused: Situation, edits: readonly Edit[]): boolean {
  const before = decisionOf(refused)
  const changed = after(refused, edits)
  if (changed === null) return false
  const { decision, policyType } = decisionOf(changed)
  return decision === 'allowed' || decision !== before.decision || policyType !== before.policyType
}

/** The smallest change after which one of the checks is refused. */
export function changeToDeny(situations: readonly Situation[]): Change {
  const proven = (edits: readonly Edit[]) =>
    situations.some(each => {
      const changed = after(each, edits)
      return changed !== null && decisionOf(changed).decision !== 'allowed'
    })
  for (const situation of situations) {
    const { deciding } = decisionOf(situation)
    // What AWS maintains is not taken away: an administrator would lose everything else with it.
    const own = deciding.filter(({ policyArn }) => !policyArn?.includes(':iam::aws:'))
    const removal = own.map(verdict => withoutStatement(situation, verdict)).find(each => each && proven([each]))
    if (removal) return { edits: [removal], turns: 'denied' }
    const created = creation(situation, 'identity-based', 'Deny')
    const denies = [
      ...additions(situation, 'resource-based', 'Deny'),
      ...additions(situation, 'identity-based', 'Deny'),
      ...(created ? [created] : []),
    ]
    const deny = denies.find(each => proven([each]))
    if (deny) return { edits: [deny], turns: 'denied' }
  }
  return none('no policy of this account binds the caller here')
}
