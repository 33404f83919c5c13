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
  /** What of his own is graded, in a few characters; another one makes an old result worthless. Default: what is looked into anew, an account. */
  materialOf?: ((student: Student) => Promise<string>) | undefined
  grade(student: Student): Promise<StudentReport>
  onDone(report: StudentReport): void
  /** A student has a result, and his material is another since. */
  onChanged?: ((student: Student) => void) | undefined
}

/** What was not done anew. */
export interface Skipped {
  kept: number
}

/** Grades everybody who has no result yet, some at a time; each result is on the disk before it is told. */
export async function gradeClass(options: ClassOptions): Promise<Skipped> {
  const { students, results, parallel, signal, rerunFailed, again, materialOf } = options
  const question = digestOf(options.question)
  const digest = ({ line: _line, ...row }: Student) => digestOf([question, row])
  const digestNow = async (student: Student): Promise<string> => {
    const own = digest(student)
    return materialOf ? `${own} ${await materialOf(student)}` : own
  }
  const open: Student[] = []
  for (const student of students) {
    const kept = results.get(student.student)
    const same = kept !== undefined && kept.digest === (await digestNow(student))
    if (same && (kept.graded || !rerunFailed) && !again.has(student.student)) continue
    open.push(student)
    if (kept && !same && kept.digest.startsWith(`${digest(student)} `)) options.onChanged?.(student)
  }
  const queue = open.values()
  const worker = async () => {
    for (const student of queue) {
      if (signal.aborted) return
      // Before he is graded: what changes meanwhile is seen the next time.
      const asked = await digestNow(student)
      const report = await options.grade(student).catch((error: unknown) => {
        if (signal.aborted) return null
        throw error
      })
      // Whoever was under way when everything was ended is done when it goes on.
      if (report === null || signal.aborted) return
      results.add(asked, report)
      options.onDone(report)
    }
  }
  await Promise.all(Array.from({ length: Math.min(parallel, open.length) }, worker))
  return { kept: students.length - open.length }
}
