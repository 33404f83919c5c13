import type { BadRow } from '../../runner/grading/read-roster.ts'
import type { ResultsFile } from '../../runner/grading/results-file.ts'
import type { StudentReport } from '../../runner/grading/student-report.ts'
import { combine } from '../../runner/lab-error.ts'
import type { Options } from '../options.ts'
import { keepStudentDurations } from '../shards/past-durations.ts'
import { counted } from '../show/count.ts'
import type { Paper } from '../show/paper.ts'
import { tellErrors } from '../show/show-error.ts'
import type { World } from '../world.ts'
import { writeClassReports } from './class-reports.ts'
import { writeFeedback, writeGradebooks } from './gradebooks.ts'
import { classSummary } from './student-line.ts'

export interface FinishedClass {
  /** In the roster's order. */
  students: readonly string[]
  /** Lines of the roster that name nobody. */
  bad: readonly BadRow[]
  results: Pick<ResultsFile, 'get' | 'read'>
  labFolder: string
  paper: Paper
  /** performance.now() when it began; null: it is not told how long it took. */
  begun: number | null
  /** Called when everything is written, before it is told. */
  end(): Promise<void>
}

/** The end of a grading: files of reports and gradebooks, the summary. Gives the exit code. */
export async function finishClass(world: World, options: Options, finished: FinishedClass): Promise<number> {
  const { students, bad, results, paper, begun, labFolder } = finished
  const reports = function* (): Iterable<StudentReport> {
    for (const student of students) {
      const report = results.read(student)
      if (report) yield report
    }
  }
  const kept = students.flatMap(student => results.get(student) ?? [])
  // With --student the others have the results they had.
  const all = options.student.length === 0 ? students.length : kept.length
  const graded = kept.filter(each => each.graded)
  const { errors } = writeClassReports(world.cwd, options.report, reports)
  if (options.feedback !== undefined) writeFeedback(world.cwd, options.feedback, reports)
  const told = await writeGradebooks(world.cwd, options, { reports, bad: bad.flatMap(({ student }) => student ?? []) })
  if (options.json) for (const report of reports()) world.stdout.write(`${JSON.stringify(report)}\n`)
  const taken = students.flatMap(student => [[student, results.get(student)?.durationMs ?? null] as const])
  await keepStudentDurations(labFolder, new Map(taken.flatMap(([student, ms]) => (ms === null ? [] : [[student, ms]]))))
  await finished.end()
  const sum = (of: 'points' | 'maxPoints') => graded.reduce((total, each) => total + (each[of] ?? 0), 0)
  const count = {
    ...{ students: all, bad: bad.length, graded: graded.length, points: sum('points'), maxPoints: sum('maxPoints') },
    full: graded.filter(each => each.points === each.maxPoints).length,
  }
  for (const line of told) paper.line(line)
  paper.line(classSummary(count, begun === null ? null : performance.now() - begun))
  const least = options.failUnder
  const under = least === undefined ? [] : graded.filter(each => (each.points ?? 0) * 100 < least * each.maxPoints)
  if (under.length > 0) paper.line(`${counted(under.length, 'student')} below ${least} %`)
  await tellErrors(world, errors, 'reports that could not be written')
  const open = count.students + count.bad - count.graded
  return combine([...(under.length > 0 ? [1 as const] : []), ...(open > 0 || errors.length > 0 ? [3 as const] : [])])
}
