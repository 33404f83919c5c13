import type { Leftover, Report } from '../../assertions/index.ts'
import type { Colours } from './colours.ts'
import { counted, countedTypes, duration } from './count.ts'
import { parted } from './wrap.ts'

export interface SummaryOptions {
  width: number | null
  colours: Colours
  /** Ids asked for. */
  asked: readonly string[]
  teardown: boolean
  /** What is left, parts of other things not counted. */
  kept: readonly Leftover[]
}

/** The last lines of a run or a verify: how it went, what is kept, what to do next. */
export function summaryLines(report: Report, { width, colours, asked, teardown, kept }: SummaryOptions): string[] {
  const steps = report.labs.flatMap(lab => lab.steps)
  const of = (status: string) => steps.filter(step => step.status === status).length
  const passed = of('passed')
  const others = (['failed', 'error', 'blocked', 'skipped'] as const).flatMap(status =>
    of(status) > 0 ? [`${of(status)} ${status}`] : [],
  )
  const parts = [
    passed === steps.length
      ? `${counted(passed, 'step')} as expected`
      : `${passed} of ${counted(steps.length, 'step')} as expected`,
    ...others,
    ...pointsOf(report),
    duration(report.durationMs),
    ...keptOf(report, teardown, kept),
  ]
  const paint = report.exitCode === 0 ? colours.good : colours.bad
  const next = nextCommands(report, asked, teardown)
  return [
    ...parted(parts, ' ', width).map(paint),
    ...(next.length > 0 ? parted([`Next: ${next[0]}`, ...next.slice(1)], ' ', width) : []),
  ]
}

function pointsOf({ labs }: Report): string[] {
  const graded = labs.filter(lab => lab.maxPoints > 0)
  if (graded.length === 0) return []
  const most = graded.reduce((sum, lab) => sum + lab.maxPoints, 0)
  const ungraded = graded.filter(lab => lab.points === null).length
  const points = graded.reduce((sum, lab) => sum + (lab.points ?? 0), 0)
  return [`${points}/${most} points${ungraded > 0 ? ` (${counted(ungraded, 'lab')} not graded)` : ''}`]
}

function keptOf({ command }: Report, teardown: boolean, kept: readonly Leftover[]): string[] {
  if (command === 'verify') return []
  if (kept.length === 0) return teardown ? ['nothing left'] : []
  return [`${teardown ? 'left behind' : 'kept'}: ${countedTypes(kept)}`]
}

/** Only commands that are there. */
function nextCommands(report: Report, asked: readonly string[], teardown: boolean): string[] {
  const { command, exitCode, leftovers } = report
  if (command === 'verify') return []
  // The id of a page has a dot: pages have no state that could be verified without running them.
  const labs = asked.filter(id => !id.includes('.'))
  const why = whyOf(report, labs)
  if (leftovers.length === 0) return exitCode === 0 ? [] : why
  if (teardown) return [...(exitCode === 0 || exitCode === 4 ? [] : why), 'lab teardown', 'lab status']
  const verify = exitCode === 0 && labs.length > 0 ? [`lab verify ${labs.join(' ')}`] : []
  return [...verify, ...why, 'lab teardown']
}

/** The first step that failed over a decision, in whatever lab; of a run that went well the first denial of those asked for. */
function whyOf({ labs, exitCode }: Report, asked: readonly string[]): string[] {
  const steps = labs
    .flatMap(lab => lab.steps.map(step => ({ lab: lab.id, step })))
    .filter(({ step: { actual, expected } }) => actual?.denial || (actual && expected.startsWith('denied')))
  const found =
    steps.find(({ lab, step }) => step.status === 'failed' && !lab.includes('.')) ??
    (exitCode === 0 ? steps.find(({ lab, step }) => step.status === 'passed' && asked.includes(lab)) : undefined)
  return found ? [`lab why ${found.lab} ${found.step.id}`] : []
}
