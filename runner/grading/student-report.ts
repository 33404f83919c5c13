import type { LabReport, Report } from '../../assertions/index.ts'
import type { Lab } from '../definition/index.ts'
import type { Student } from './read-roster.ts'

/** Why a student could not be graded: not his doing, and never zero points. */
export interface NotGraded {
  code: string
  message: string
}

/** The report of one student: a line of the JSON lines. */
export interface StudentReport extends Report {
  student: string
  /** true: every lab that was asked for has points. */
  graded: boolean
  /** Points of the labs asked for; null: not graded. */
  points: number | null
  maxPoints: number
  error: NotGraded | null
}

export const gradedLabs = (labs: readonly LabReport[]): LabReport[] => labs.filter(lab => !lab.setUp)

/** A student's report of the report of his account. */
export function studentReport(report: Report, { student }: Pick<Student, 'student'>): StudentReport {
  const labs = gradedLabs(report.labs)
  const graded = labs.length > 0 && labs.every(lab => lab.points !== null)
  const sum = (numbers: readonly (number | null)[]) => numbers.reduce<number>((total, each) => total + (each ?? 0), 0)
  return {
    ...report,
    student,
    graded,
    points: graded ? sum(labs.map(lab => lab.points)) : null,
    maxPoints: sum(labs.map(lab => lab.maxPoints)),
    error: graded ? null : whyNot(labs),
  }
}

function whyNot(labs: readonly LabReport[]): NotGraded {
  const steps = labs.flatMap(lab => lab.steps.map(step => ({ lab: lab.id, step })))
  const open = steps.filter(({ step }) => step.points === null && step.maxPoints > 0)
  const [first] = steps.filter(({ step }) => step.status === 'error' || step.status === 'blocked').concat(open)
  if (!first) return { code: 'not-judged', message: 'a lab could not be judged' }
  const { lab, step } = first
  const reason = step.actual?.message ?? step.hint ?? 'it could not be judged'
  return { code: step.actual?.code ?? step.status, message: `${lab}/${step.id}: ${reason}` }
}

/** What is known of a run when there is no report of it. */
export interface Unreached {
  student: Student
  labs: readonly Lab[]
  asked: readonly string[]
  version: string
  target: Report['target']
  region: string
  startedAt: Date
  error: NotGraded
}

/** The report of a student whose account or answers could not be judged at all. */
export function notGraded({
  student,
  labs,
  asked,
  version,
  target,
  region,
  startedAt,
  error,
}: Unreached): StudentReport {
  const reports = labs
    .filter(({ id }) => asked.includes(id))
    .map(
      ({ id, title, groups }): LabReport => ({
        id,
        title,
        status: 'error',
        setUp: false,
        points: null,
        maxPoints: groups.flat().reduce((total, step) => total + step.points, 0),
        steps: [],
      }),
    )
  return {
    schemaVersion: 1,
    tool: { name: 'accesslab', version },
    runId: '',
    command: 'verify',
    target,
    accountId: student.account ?? '',
    region,
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    exitCode: 3,
    labs: reports,
    leftovers: [],
    student: student.student,
    graded: false,
    points: null,
    maxPoints: reports.reduce((total, lab) => total + lab.maxPoints, 0),
    error,
  }
}
