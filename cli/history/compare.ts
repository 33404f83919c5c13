import type { HistoryEntry, StepEntry } from './entry.ts'

export interface Change {
  /** decision: another outcome. wording: the same decision in another sentence. timing: only slower or faster. */
  kind: 'decision' | 'wording' | 'timing' | 'added' | 'removed'
  lab: string
  /** null: the lab as a whole is in one of the runs only. */
  step: string | null
  before: string
  after: string
  file: string
  line: number
}

/** What changed from one run to the other, step by step; a lab that only one of them had is one change. */
export function compareRuns(before: HistoryEntry, after: HistoryEntry): Change[] {
  const added = labsNotIn(after, before).map(id => labChange('added', id))
  const removed = labsNotIn(before, after).map(id => labChange('removed', id))
  const shared = ({ labs }: HistoryEntry, other: HistoryEntry) =>
    labs.filter(({ id }) => other.labs.some(lab => lab.id === id))
  return [...compareSteps(before, shared(before, after), after, shared(after, before)), ...added, ...removed]
}

const labsNotIn = ({ labs }: HistoryEntry, other: HistoryEntry): string[] =>
  labs.map(({ id }) => id).filter(id => !other.labs.some(lab => lab.id === id))

const labChange = (kind: 'added' | 'removed', lab: string): Change => ({
  ...{ kind, lab, step: null, before: '', after: '', file: '', line: 0 },
})

type Labs = HistoryEntry['labs']

function compareSteps(before: HistoryEntry, oldLabs: Labs, after: HistoryEntry, newLabs: Labs): Change[] {
  const old = stepsById(oldLabs)
  const now = stepsById(newLabs)
  const changes = [...now].flatMap(([key, { lab, step }]): Change[] => {
    const place = { lab, step: step.id, file: step.file, line: step.line }
    const earlier = old.get(key)?.step
    if (!earlier) return [{ kind: 'added', ...place, before: '', after: decisionOf(step) }]
    const change = changeOf(before, earlier, after, step)
    return change === null ? [] : [{ ...place, ...change }]
  })
  const gone = [...old]
    .filter(([key]) => !now.has(key))
    .map(([, { lab, step }]): Change => {
      return {
        kind: 'removed',
        lab,
        step: step.id,
        before: decisionOf(step),
        after: '',
        file: step.file,
        line: step.line,
      }
    })
  return [...changes, ...gone]
}

function stepsById(labs: Labs): Map<string, { lab: string; step: StepEntry }> {
  return new Map(labs.flatMap(lab => lab.steps.map(step => [`${lab.id}/${step.id}`, { lab: lab.id, step }] as const)))
}

function changeOf(oldRun: HistoryEntry, old: StepEntry, newRun: HistoryEntry, now: StepEntry) {
  // Taken over from an earlier run, or found as it must be: nothing was asked in one of them, and so nothing decided.
  if (old.status === 'passed' && now.status === 'passed' && (old.outcome === null || now.outcome === null)) return null
  if (!sameDecision(old, now)) return { kind: 'decision' as const, before: decisionOf(old), after: decisionOf(now) }
  const [said, says] = [sentenceOf(oldRun, old), sentenceOf(newRun, now)]
  if (said !== says) return { kind: 'wording' as const, before: said, after: says }
  const [slower, faster] = [Math.max(old.durationMs, now.durationMs), Math.min(old.durationMs, now.durationMs)]
  // Under a second apart, or less than double, is the machine's and the network's noise.
  if (slower - faster < 1000 || slower < 2 * faster) return null
  return { kind: 'timing' as const, before: `${old.durationMs} ms`, after: `${now.durationMs} ms` }
}

/** Another outcome or another reason. A reason that only one of the sentences names, or only one can be read of, is no other one. */
function sameDecision(old: StepEntry, now: StepEntry): boolean {
  if (old.status !== now.status || old.outcome !== now.outcome) return false
  if (now.outcome !== 'denied') return old.code === now.code
  return reasons.every(field => old[field] === null || now[field] === null || old[field] === now[field])
}

const reasons = ['decision', 'policyType', 'action'] as const

/** All that a verdict rests on: `failed: denied, implicitDeny, identity-based, ecr:ListImages`. */
export function decisionOf({ status, outcome, code, decision, policyType, action }: StepEntry): string {
  const named = [outcome ?? 'not run', outcome === 'denied' ? null : code, decision, policyType, action]
  return `${status}: ${named.filter(word => word !== null).join(', ')}`
}

/** AWS's sentence without what differs from run to run by itself: account, region, the run's id and the suffix of --isolate, request and session ids. */
export function sentenceOf({ accountId, region, runId }: HistoryEntry, { message }: StepEntry): string {
  if (message === null) return ''
  return (
    message
      .replaceAll(accountId, 'ACCOUNT')
      .replaceAll(region, 'REGION')
      // Also as the suffix that --isolate gives to names: the same step of another run may go without.
      .replaceAll(`-${runId}`, '')
      .replaceAll(runId, 'RUN')
      .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, 'UUID')
      .replace(/\b(sha256:)?[0-9a-f]{32,64}\b/g, 'HASH')
      .replace(/\b(AKIA|ASIA|AROA|AIDA|ANPA)[A-Z0-9]{12,}\b/g, 'ID')
      .replace(/\s+/g, ' ')
      .trim()
  )
}

/** Sentences of AWS that changed since the last time the step was asked on the same target, its decision being the same. */
export function wordingDrift(history: readonly HistoryEntry[], now: HistoryEntry): Change[] {
  const earlier = history.filter(
    ({ runId, target, command }) => runId !== now.runId && target === now.target && command === now.command,
  )
  return now.labs.flatMap(lab =>
    lab.steps.flatMap(step => {
      const only = { ...now, labs: [{ ...lab, steps: [step] }] }
      // A night that came out otherwise, as by an outage, is no measure for what AWS says when it is as it should be.
      const before = earlier.findLast(entry => {
        const then = stepsById(entry.labs).get(`${lab.id}/${step.id}`)?.step
        return then?.outcome != null && (then.status === 'passed' || step.status !== 'passed')
      })
      return before ? compareRuns(before, only).filter(({ kind }) => kind === 'wording') : []
    }),
  )
}
