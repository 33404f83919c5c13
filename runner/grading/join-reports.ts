import type { LabReport, Report, StepReport } from '../../assertions/index.ts'
import type { Lab } from '../definition/index.ts'
import { makes } from '../engine/untouched.ts'
import { verifiedLab } from '../engine/verified-status.ts'
import { answersIn } from './answered-labs.ts'
import type { Answers } from './read-answers.ts'

/**
 * One report of a run with a participant's answers and of the verify after it. What a step made is judged by what it means, as in an account; what a
 * probe was answered is what AWS said at its time. A document that AWS refuses ends its lab: that step and those after it earn nothing.
 */
export const joinReports = (run: Report, verify: Report, labs: readonly Lab[], answers: Answers): Report => ({
  ...verify,
  durationMs: run.durationMs + verify.durationMs,
  labs: verify.labs.map(verified => {
    const lab = labs.find(({ id }) => id === verified.id)
    const ran = run.labs.find(({ id }) => id === verified.id)
    return lab === undefined || ran === undefined || verified.setUp ? verified : joinLab(lab, ran, verified, answers)
  }),
})

function joinLab(lab: Lab, ran: LabReport, verified: LabReport, { faults }: Answers): LabReport {
  const of = (report: LabReport, id: string) => report.steps.find(step => step.id === id)
  // A lab that it needs did not come about.
  let refused = ran.steps.every(step => step.status === 'skipped')
  const steps = lab.groups.flat().flatMap((step): StepReport[] => {
    const [inRun, inVerify] = [of(ran, step.id), of(verified, step.id)]
    const row = inVerify ?? inRun
    if (row === undefined) return []
    if (refused) return [{ ...row, ...nothing, hint: 'what it stands on is not there', points: 0 }]
    const documents = answersIn(lab, step)
    if (documents.length > 0 && inRun?.status === 'failed') {
      refused = true
      const told = documents.flatMap(document => faults.get(document) ?? [])
      return [{ ...inRun, hint: told.length > 0 ? told.join('; ') : inRun.hint, points: 0 }]
    }
    if (makes(step) && inVerify !== undefined && inVerify.status !== 'skipped') return [inVerify]
    return [inRun !== undefined && inRun.status !== 'skipped' ? inRun : row]
  })
  return verifiedLab({ lab, setUp: false }, steps)
}

const nothing: Pick<StepReport, 'status' | 'actual' | 'output' | 'diff' | 'access' | 'changed'> = {
  status: 'skipped',
  actual: null,
  output: null,
  diff: [],
  access: [],
  changed: null,
}
