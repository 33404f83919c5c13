import { resolve } from 'node:path'
import { lockFolder } from '../../runner/engine/lock.ts'
import { planLabs } from '../../runner/engine/plan.ts'
import { gradeClass } from '../../runner/grading/grade-class.ts'
import { type GradingFolder, openGradingFolder } from '../../runner/grading/grading-folder.ts'
import type { Roster, Student } from '../../runner/grading/read-roster.ts'
import type { StudentReport } from '../../runner/grading/student-report.ts'
import { combine, usageError } from '../../runner/lab-error.ts'
import { type ChosenTarget, chooseTarget } from '../choose-target.ts'
import { interruptible } from '../interrupt.ts'
import type { Options } from '../options.ts'
import { selectLabs } from '../select-labs.ts'
import { counted } from '../show/count.ts'
import { type Paper, paperOf } from '../show/paper.ts'
import { wholeCatalogue } from '../whole-catalogue.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'
import type { World } from '../world.ts'
import { classGrader } from './class-grader.ts'
import { checkClassReports, writeClassReports } from './class-reports.ts'
import { checkGradebooks, writeFeedback, writeGradebooks } from './gradebooks.ts'
import { rosterOf } from './roster-file.ts'
import { badRowLine, classSummary, studentLine } from './student-line.ts'

/** `lab verify --roster`: a verdict for each student of a class, changing nothing in any account. */
export async function verifyClass(world: World, args: readonly string[], options: Options): Promise<number> {
  checkClassReports(options.report)
  await checkGradebooks(world.cwd, options)
  const begun = performance.now()
  const workplace = findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  const chosen = chooseTarget(world, options, catalogue)
  const { labs, asked } = await selectLabs(world, catalogue, args, options.all)
  planLabs(labs, { asked, overrides: options.var, suffix: '' })
  const path = options.roster ?? ''
  const paper = paperOf(world, options)
  const all = await wholeCatalogue(catalogue, labs, text => paper.line(text))
  const roster = await rosterOf(world.cwd, path, { all, graded: labs }, options.student, options.answers === undefined)
  const keep = options.rerunFailed || options.student.length > 0
  const question = questionOf(world.cwd, options, asked, chosen)
  return interruptible(world, async signal => {
    const given = { workplace, catalogue, chosen, selected: { labs, asked }, all, signal }
    const grader = await classGrader(world, options, given)
    const folder = await openGradingFolder(workplace.labFolder, question, keep)
    const release = await lockFolder(folder.path, () => {}, signal)
    try {
      paper.line(`AccessLab · ${grader.where} · ${asked.join(', ')} · grading ${folder.id}`)
      if (options.rerunFailed && folder.found === 'new')
        throw usageError('nothing is selected: this roster was never graded here', 'take --rerun-failed out')
      for (const row of roster.bad) paper.line(badRowLine(row, paper))
      const { kept } = await gradeClass({
        students: chosenStudents(roster, options.student),
        results: folder.results,
        parallel: options.parallel,
        question: [labs, options.var],
        rerunFailed: options.rerunFailed,
        again: new Set(options.student),
        signal,
        grade: grader.grade,
        onDone: report => {
          if (!options.quiet || !report.graded || report.points !== report.maxPoints)
            paper.line(studentLine(report, paper))
        },
      })
      if (kept > 0) paper.line(`  ${counted(kept, 'student')} had a result already: grading ${folder.id} goes on`)
      if (signal.aborted) {
        paper.line(`interrupted: the same command goes on with grading ${folder.id}`)
        return 130
      }
      return await finishClass(world, options, { roster, folder, paper, begun })
    } finally {
      folder.results.close()
      await release()
      await grader.close()
    }
  })
}

const chosenStudents = ({ students }: Roster, only: readonly string[]): Student[] =>
  only.length === 0 ? students : students.filter(({ student }) => only.includes(student))

/** What makes two gradings the same one. */
const questionOf = (cwd: string, options: Options, asked: readonly string[], chosen: ChosenTarget): unknown => [
  resolve(cwd, options.roster ?? ''),
  options.answers === undefined ? null : resolve(cwd, options.answers),
  asked,
  chosen,
  options.assumeRole ?? null,
]

interface Finished {
  roster: Roster
  folder: GradingFolder
  paper: Paper
  begun: number
}

async function finishClass(
  world: World,
  options: Options,
  { roster, folder, paper, begun }: Finished,
): Promise<number> {
  const reports = function* (): Iterable<StudentReport> {
    for (const { student } of roster.students) {
      const report = folder.results.read(student)
      if (report) yield report
    }
  }
  // With --student the others have the results they had.
  const kept = roster.students.flatMap(({ student }) => folder.results.get(student) ?? [])
  const students = options.student.length === 0 ? roster.students.length : kept.length
  const graded = kept.filter(each => each.graded)
  writeClassReports(world.cwd, options.report, reports)
  if (options.feedback !== undefined) writeFeedback(world.cwd, options.feedback, reports)
  const told = await writeGradebooks(world.cwd, options, reports)
  if (options.json) for (const report of reports()) world.stdout.write(`${JSON.stringify(report)}\n`)
  await folder.end()
  const sum = (of: 'points' | 'maxPoints') => graded.reduce((total, each) => total + (each[of] ?? 0), 0)
  const count = {
    students,
    bad: roster.bad.length,
    graded: graded.length,
    points: sum('points'),
    maxPoints: sum('maxPoints'),
    full: graded.filter(each => each.points === each.maxPoints).length,
  }
  for (const line of told) paper.line(line)
  paper.line(classSummary(count, performance.now() - begun))
  const least = options.failUnder
  const under = least === undefined ? [] : graded.filter(each => (each.points ?? 0) * 100 < least * each.maxPoints)
  if (under.length > 0) paper.line(`${counted(under.length, 'student')} below ${least} %`)
  const open = count.students + count.bad - count.graded
  if (open > 0) paper.line(`Next: mend what kept them, then the same command with --rerun-failed`)
  return combine([...(under.length > 0 ? [1 as const] : []), ...(open > 0 ? [3 as const] : [])])
}
