import { digestOf } from './grading-folder.ts'
import type { Student } from './read-roster.ts'
import type { ResultsFile } from './results-file.ts'
import type { StudentReport } from './student-report.ts'

export interface ClassOptions {
  students: readonly Student[]
  results: ResultsFile
  /** Students at once. */
  parallel: number
  /** What is asked of everybody: labs, names. Another question makes an old result worthless. */
  question: unknown
  /** true: a result that is there and not graded is done again. */
  rerunFailed: boolean
  /** Students that are done again whatever there is. */
  again: ReadonlySet<string>
  signal: AbortSignal
  grade(student: Student): Promise<StudentReport>
  onDone(report: StudentReport): void
}

/** What was not done anew. */
export interface Skipped {
  kept: number
}

/** Grades everybody who has no result yet, some at a time; each result is on the disk before it is told. */
export async function gradeClass(options: ClassOptions): Promise<Skipped> {
  const { students, results, parallel, signal, rerunFailed, again } = options
  const question = digestOf(options.question)
  const digest = ({ line: _line, ...row }: Student) => digestOf([question, row])
  const open = students.filter(student => {
    const kept = results.get(student.student)
    const holds = kept !== undefined && kept.digest === digest(student) && (kept.graded || !rerunFailed)
    return !holds || again.has(student.student)
  })
  const queue = open.values()
  const worker = async () => {
    for (const student of queue) {
      if (signal.aborted) return
      const report = await options.grade(student).catch((error: unknown) => {
        if (signal.aborted) return null
        throw error
      })
      // Whoever was under way when everything was ended is done when it goes on.
      if (report === null || signal.aborted) return
      results.add(digest(student), report)
      options.onDone(report)
    }
  }
  await Promise.all(Array.from({ length: Math.min(parallel, open.length) }, worker))
  return { kept: students.length - open.length }
}
