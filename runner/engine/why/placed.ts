import type { Decision, StatementVerdict } from '../../../policy/index.ts'
import type { Edit, Situation } from './edit.ts'
import type { LabDocument } from './lab-documents.ts'
import { isEditable, policiesIn } from './layers.ts'
import { placeByPosition, placePolicy, placeStatement } from './place-statement.ts'
import type { Change } from './smallest-change.ts'
import { statementsOf } from './statement-json.ts'
import type { PlacedChange, PlacedStatement } from './why.ts'

/** The lab's documents, and whose policies they make. */
export interface Files {
  documents: readonly LabDocument[]
  /** Name of the role behind the session, or of the user. */
  holder: string
}

/** A statement as it stands in the account, and where the lab has it. */
export function placed(
  { documents, holder }: Files,
  situation: Situation | null,
  verdict: StatementVerdict,
): PlacedStatement {
  const { matched: _, ...rest } = verdict
  const { policyType, policy, index } = verdict
  const hung = { policyType, policy, holder }
  const attached =
    situation && isEditable(policyType)
      ? policiesIn(situation.policies, policyType).find(each => each.name === policy)
      : undefined
  if (attached?.text === undefined)
    return { ...rest, statement: null, place: null, ...placeByPosition(documents, hung, index) }
  const statement = statementsOf(attached.text)[index] ?? null
  const place = statement && placeStatement(documents, hung, statement)
  return { ...rest, ...(attached.arn === undefined ? {} : { policyArn: attached.arn }), statement, place }
}

const nearness = ['Condition', 'NotPrincipal', 'Principal', 'NotResource', 'Resource', 'NotAction', 'Action']
const mostNear = 3

/** Allows of the layer that lacks one: what fails last in AWS's order is nearest. */
export function nearestOf(
  files: Files,
  situation: Situation,
  found: Decision & { statements: StatementVerdict[] },
): PlacedStatement[] {
  return found.statements
    .filter(({ policyType, effect, matched }) => policyType === found.policyType && effect === 'Allow' && !matched)
    .sort((a, b) => nearness.indexOf(a.mismatch?.element ?? '') - nearness.indexOf(b.mismatch?.element ?? ''))
    .slice(0, mostNear)
    .map(each => placed(files, situation, each))
}

export function placedChange(files: Files, situations: readonly Situation[], change: Change): PlacedChange {
  if (change.edits === null) return { edits: null, turns: null, because: change.because }
  const edits = change.edits.map(edit => ({ edit, place: placeOf(files, situations, edit) }))
  return { edits, turns: change.turns, because: null }
}

function placeOf({ documents, holder }: Files, situations: readonly Situation[], edit: Edit) {
  if (edit.edit === 'context') return null
  const { policyType, policy, policyArn, before } = edit
  const hung = { policyType, policy, holder }
  if (before) return placeStatement(documents, hung, before)
  const present = situations
    .flatMap(each => policiesIn(each.policies, policyType))
    .find(each => each.name === policy && (each.arn ?? null) === policyArn)
  return placePolicy(documents, hung, present?.text ?? null)
}

/** `arn:aws:sts::A:assumed-role/R/S` is role R, `arn:aws:iam::A:user/path/U` user U. */
export function holderOf(principal: string | null): string {
  const [type, ...path] = (principal?.split(':')[5] ?? '').split('/')
  return (type === 'assumed-role' ? path[0] : path.at(-1)) ?? ''
}
