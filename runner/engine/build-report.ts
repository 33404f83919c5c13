import type { LabReport, Leftover, Report, StepReport, StepStatus } from '../../assertions/index.ts'
import { combine, type ExitCode } from '../lab-error.ts'
import type { EngineOptions } from './options.ts'
import type { PlannedLab } from './plan.ts'

/** The gravest first: what a lab of several is called. */
const gravity: readonly StepStatus[] = ['failed', 'error', 'blocked', 'skipped', 'passed']

/** A lab's row. Points are null where a step that carries some was not judged: not graded is not zero. */
export function reportLab({ lab, setUp }: Pick<PlannedLab, 'lab' | 'setUp'>, steps: StepReport[]): LabReport {
  const graded = setUp ? [] : steps.filter(step => step.maxPoints > 0)
  return {
    id: lab.id,
    title: lab.title,
    status: gravity.find(status => steps.some(step => step.status === status)) ?? 'passed',
    setUp,
    points: graded.some(step => step.points === null) ? null : sum(graded.map(step => step.points ?? 0)),
    maxPoints: sum(graded.map(step => step.maxPoints)),
    ...(lab.minimum === undefined || setUp ? {} : { minimum: lab.minimum }),
    steps: setUp ? steps.map(step => ({ ...step, points: 0, maxPoints: 0 })) : steps,
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** The exit code that the steps alone give. Skipped steps follow from others, or were not asked for. */
export function codeOf(labs: readonly LabReport[]): ExitCode {
  const statuses = new Set(labs.flatMap(lab => lab.steps.map(step => step.status)))
  return combine([
    ...(statuses.has('failed') ? [1 as const] : []),
    ...(statuses.has('error') || statuses.has('blocked') ? [3 as const] : []),
  ])
}

export interface Finished {
  command: Report['command']
  runId: string
  startedAt: Date
  exitCode: ExitCode
  labs: LabReport[]
  leftovers: Leftover[]
}

export const buildReport = ({ target, version }: EngineOptions, finished: Finished): Report => ({
  schemaVersion: 1,
  tool: { name: 'accesslab', version },
  runId: finished.runId,
  command: finished.command,
  target: target.name,
  accountId: target.place.account,
  region: target.place.region,
  startedAt: finished.startedAt.toISOString(),
  durationMs: Date.now() - finished.startedAt.getTime(),
  exitCode: finished.exitCode,
  labs: finished.labs,
  leftovers: finished.leftovers,
})
