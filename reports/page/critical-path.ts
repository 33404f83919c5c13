import type { LabReport, Report, StepReport } from '../../assertions/index.ts'

const beganAt = ({ startedAt }: StepReport): number => Date.parse(startedAt)
const endedAt = (step: StepReport): number => beganAt(step) + step.durationMs

/** Milliseconds: starts are whole ones, and between the end of one lab and the beginning of the next there is a little to do. */
const clock = 2
const handOver = 100

const latest = (steps: readonly StepReport[]): StepReport | undefined =>
  steps.reduce<StepReport | undefined>(
    (last, each) => (last && endedAt(last) >= endedAt(each) ? last : each),
    undefined,
  )

/**
 * The steps that the run's length was made of: the last to end, the step of its lab that it came after, and so on; from a lab's first step to
 * the step of another lab at whose end it began, where there is one. Told by the times alone.
 */
export function criticalPath({ labs }: Pick<Report, 'labs'>): ReadonlySet<StepReport> {
  const run = (lab: LabReport) => lab.steps.filter(({ status }) => status !== 'skipped')
  const labOf = new Map(labs.flatMap(lab => run(lab).map(step => [step, lab] as const)))
  const steps = [...labOf.keys()]
  const path = new Set<StepReport>()
  for (let step = latest(steps); step && !path.has(step); ) {
    path.add(step)
    const [lab, began] = [labOf.get(step), beganAt(step)]
    const before = steps.filter(each => !path.has(each) && endedAt(each) <= began + clock)
    const own = latest(before.filter(each => labOf.get(each) === lab))
    step = own ?? latest(before.filter(each => endedAt(each) >= began - handOver))
  }
  return path
}
