import type { StepReport } from '../../../assertions/index.ts'
import { type Decision, explain, type PolicyType, type StatementVerdict } from '../../../policy/index.ts'
import type { Recorded, RecordedCheck } from './ask-why.ts'
import type { Situation } from './edit.ts'
import type { LabDocument } from './lab-documents.ts'
import { holderOf, nearestOf, placed, placedChange } from './placed.ts'
import { changeToAllow, changeToDeny } from './smallest-change.ts'
import type { LayerSaying, Why } from './why.ts'

interface Told {
  runId: string
  lab: string
  report: StepReport
  recorded: Recorded | null
  documents: readonly LabDocument[]
  principal: string | null
  situations: readonly Situation[]
  notes: readonly string[]
}

type Explained = Decision & { statements: StatementVerdict[] }

/** Layers that no permission of an account opens. */
const unreadable: readonly PolicyType[] = ['service control policy', 'resource control policy', 'VPC endpoint policy']

/** Puts what was recorded, what the policies say and where they are written into one answer. */
export function tellWhy(told: Told): Why {
  const { runId, lab, report, recorded, documents, principal, situations } = told
  const files = { documents, holder: holderOf(principal) }
  const { id: step, kind, title, as, file, line, actual } = report
  const outcome = actual?.outcome ?? 'failed'
  const base = {
    ...{ runId, lab, step, kind, title, as, file, line, outcome, principal },
    ...{ code: actual?.code ?? null, message: actual?.message ?? null },
  }
  const nothing = { check: null, source: null, deciding: [], layers: [], nearest: [], change: null } as const
  if (outcome === 'failed')
    return {
      ...base,
      ...nothing,
      deciding: [],
      layers: [],
      nearest: [],
      notes: ['no policy decided: the call failed for another reason'],
    }
  const explained = situations.map(situation => ({ situation, found: explain(situation.request, situation.policies) }))
  const check = recorded?.checks.find(each => each.decision !== 'allowed') ?? recorded?.checks.at(-1) ?? null
  const own = subject(explained, check, report)
  const notes = [...told.notes]
  if (own && outcome !== outcomeOf(own.found))
    notes.push(
      `the policies as they are now decide otherwise (${own.found.decision}): something has changed since, or a condition looks at what cannot be read here`,
    )
  if (own?.situation.policies.trust === null && /^sts:AssumeRole/.test(own.situation.request.action))
    notes.push('there is no such role: STS refuses it in the same words as one whose trust policy is silent')
  const agrees = own !== null && outcome === outcomeOf(own.found)
  const verdicts = check ? recordedVerdicts(check) : (own?.found.deciding ?? [])
  const situation = own?.situation ?? null
  const decided = check ?? (own && { ...own.situation.request, ...own.found })
  return {
    ...base,
    check: decided
      ? {
          action: decided.action,
          resource: decided.resource,
          decision: decided.decision,
          policyType: decided.policyType,
        }
      : fromAnswer(report),
    source: check ? 'recorded' : own ? 'evaluated' : 'answer',
    deciding: agrees || check ? verdicts.map(each => placed(files, situation, each)) : [],
    layers: own ? layersOf(own.found, check) : [],
    nearest: agrees && own.found.decision === 'implicitDeny' ? nearestOf(files, own.situation, own.found) : [],
    change: agrees
      ? placedChange(files, situations, outcome === 'denied' ? changeToAllow(situations) : changeToDeny(situations))
      : null,
    notes,
  }
}

interface Own {
  situation: Situation
  found: Explained
}

const outcomeOf = ({ decision }: Decision) => (decision === 'allowed' ? 'allowed' : 'denied')

/** The check that the answer is about: the one recorded, the one AWS's sentence names, the first refused, the last. */
function subject(explained: readonly Own[], check: RecordedCheck | null, { actual }: StepReport): Own | null {
  const named = check ?? actual?.denial
  const same = explained.filter(
    ({ situation: { request } }) => request.action.toLowerCase() === named?.action?.toLowerCase(),
  )
  const exact = same.find(({ situation: { request } }) => request.resource === named?.resource)
  const refused = explained.find(({ found }) => found.decision !== 'allowed')
  return exact ?? same[0] ?? refused ?? explained.at(-1) ?? null
}

function fromAnswer({ actual }: StepReport): Why['check'] {
  const denial = actual?.denial
  if (!denial?.action || !denial.decision) return null
  const policyType = denial.policyType as PolicyType | null
  return { action: denial.action, resource: denial.resource ?? '*', decision: denial.decision, policyType }
}

const recordedVerdicts = ({ statements }: RecordedCheck): StatementVerdict[] =>
  statements.map(each => ({ ...each, matched: true }))

function layersOf({ layers }: Decision, check: RecordedCheck | null): LayerSaying[] {
  return layers.map(({ policyType, verdict }) => {
    if (!unreadable.includes(policyType)) return { policyType, verdict }
    const recorded = check?.layers?.find(layer => layer.policyType === policyType)
    if (check?.layers !== undefined) return recorded ?? { policyType, verdict: 'notApplicable' }
    if (check?.policyType !== policyType) return { policyType, verdict: 'notRead' }
    return { policyType, verdict: check.decision === 'explicitDeny' ? 'denies' : 'silent' }
  })
}
