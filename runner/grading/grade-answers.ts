import { join } from 'node:path'
import type { Target } from '../aws/target.ts'
import { runLabs } from '../engine/run-labs.ts'
import { makes } from '../engine/untouched.ts'
import { verifyLabs } from '../engine/verify-labs.ts'
import { answeredLabs } from './answered-labs.ts'
import { type Grading, reasonOf } from './grade-account.ts'
import { digestOf } from './grading-folder.ts'
import { joinReports } from './join-reports.ts'
import { Unreachable } from './reach-student.ts'
import { readAnswers } from './read-answers.ts'
import type { Student } from './read-roster.ts'
import { notGraded, type StudentReport, studentReport } from './student-report.ts'
import type { Submissions } from './submission-folder.ts'
import { withTimeLimit } from './time-limit.ts'

/** An account that is empty, and nobody else's. */
export interface FreshAccount {
  target: Target
  /** For what a run keeps. */
  folder: string
  close(): Promise<void>
}

export interface AnswerGrading extends Omit<Grading, 'base' | 'assumeRole' | 'labFolder' | 'userCredentialsFile'> {
  submissions: Submissions
  region: string
  open(): Promise<FreshAccount>
}

/** Runs the labs with a student's documents in an account of his own, then verifies what came of it. */
export async function gradeAnswers(grading: AnswerGrading, student: Student): Promise<StudentReport> {
  const { signal, timeout, version, labs, asked, region } = grading
  const startedAt = new Date()
  try {
    return await withTimeLimit(timeout, signal, async ended => {
      // A lab that is only needed is set up as it should be.
      const own = labs.filter(({ id }) => asked.includes(id))
      const answers = await readAnswers(await grading.submissions(student.student), own)
      const account = await grading.open()
      try {
        const { target, folder } = account
        const shared = {
          ...grading,
          ...{ target, asked, signal: ended, emit: () => {}, labFolder: join(folder, '.lab') },
          ...{ userCredentialsFile: join(folder, 'credentials') },
          overrides: { ...grading.overrides, ...student.overrides },
        }
        const alone = { until: null, failFast: false, teardown: false, isolate: false, parallel: 4, confirm: null }
        const run = await runLabs({ ...shared, ...alone, labs: answeredLabs(labs, answers), dependents: () => [] })
        const judged = answeredLabs(labs, answers, step => !makes(step))
        const verify = await verifyLabs({ ...shared, labs: judged, all: judged, parallel: 1 })
        return studentReport(joinReports(run, verify, labs, answers), student)
      } finally {
        await account.close()
      }
    })
  } catch (error) {
    if (signal.aborted) throw error
    const facts = { student, labs, asked, version, target: 'sandbox' as const, region, startedAt }
    return notGraded({ ...facts, error: reasonOf(error) })
  }
}

/**
 * What a student has handed in, in a few characters: whoever has handed in something else since is another one to be graded.
 */
export async function submissionDigest({ submissions, labs, asked }: AnswerGrading, student: Student): Promise<string> {
  try {
    const own = labs.filter(({ id }) => asked.includes(id))
    const { texts, faults } = await readAnswers(await submissions(student.student), own)
    return digestOf([[...texts], [...faults]])
  } catch (error) {
    // Who handed nothing in is told apart from who handed in nothing that is right: the grader decides what it is worth.
    if (error instanceof Unreachable) return error.reason.code
    throw error
  }
}
