import type { LabReport, StepReport } from '../../assertions/index.ts'
import type { StudentReport } from '../../runner/grading/student-report.ts'

/**
 * A student's report for formats that know of no students: his name stands before each lab's id, so that files of a whole class can be read
 * together. Where nothing could be judged there is a step that says so: no step at all looks like nothing wrong.
 */
export const namedReport = (report: StudentReport): StudentReport => ({
  ...report,
  labs: report.labs.map(lab => ({
    ...lab,
    id: `${report.student.replace(/\s+/g, '_')}/${lab.id}`,
    steps: lab.steps.length === 0 ? [unreached(lab, report)] : lab.steps,
  })),
})

const unreached = ({ status, maxPoints }: LabReport, { error, startedAt, durationMs }: StudentReport): StepReport => ({
  ...{
    id: 'account',
    kind: 'verify',
    title: '',
    as: null,
    status,
    evidence: 'observed',
    attempts: 1,
    startedAt,
    durationMs,
  },
  ...{ waitedMs: 0, file: 'labs.yaml', line: 1, expected: 'an account that can be graded', output: null, access: [] },
  actual: {
    ...{ outcome: 'failed', code: error?.code ?? null, message: error?.message ?? null },
    ...{ httpStatus: null, requestId: null, denial: null },
  },
  ...{ changed: null, diff: [], hint: null, points: null, maxPoints },
})
