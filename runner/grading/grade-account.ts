import type { Lab } from '../definition/index.ts'
import type { EngineOptions, Selection } from '../engine/options.ts'
import { verifyLabs } from '../engine/verify-labs.ts'
import { LabError } from '../lab-error.ts'
import { type Reach, reachStudent, Unreachable } from './reach-student.ts'
import type { Student } from './read-roster.ts'
import { type NotGraded, notGraded, type StudentReport, studentReport } from './student-report.ts'
import { TimeOver, withTimeLimit } from './time-limit.ts'

/** How each student of a class is graded. */
export interface Grading extends Omit<EngineOptions, 'target' | 'emit'>, Selection, Omit<Reach, 'signal'> {
  /** Every lab of the catalogue: one may override a probe of another. */
  all: readonly Lab[]
  /** Milliseconds for one student. */
  timeout: number
}

/** Verifies one student's account. Whatever keeps it from being judged is his report's `error`, and nobody else's affair. */
export async function gradeAccount(grading: Grading, student: Student): Promise<StudentReport> {
  const { base, signal, timeout, version, labs, asked } = grading
  const startedAt = new Date()
  try {
    return await withTimeLimit(timeout, signal, async ended => {
      const target = await reachStudent({ base, assumeRole: grading.assumeRole }, student)
      try {
        const overrides = { ...grading.overrides, ...student.overrides }
        // Many are graded at once, each step by step.
        const alone = { target, overrides, parallel: 1, emit: () => {}, signal: ended }
        const report = await verifyLabs({ ...grading, ...alone })
        return studentReport(report, student)
      } finally {
        target.close()
      }
    })
  } catch (error) {
    if (signal.aborted) throw error
    const { place, name } = base
    return notGraded({
      student,
      labs,
      asked,
      version,
      target: name,
      region: place.region,
      startedAt,
      error: reasonOf(error),
    })
  }
}

/** A defect of ours is shown as one; it is still one student's alone. */
export function reasonOf(error: unknown): NotGraded {
  if (error instanceof Unreachable) return error.reason
  if (error instanceof TimeOver) return { code: 'timeout', message: error.message }
  if (error instanceof LabError) return { code: error.code, message: error.message }
  return { code: 'internal', message: `internal error: ${error instanceof Error ? error.message : String(error)}` }
}
