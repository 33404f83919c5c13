import { resolve } from 'node:path'
import { lockFolder } from '../../runner/engine/lock.ts'
import { planLabs } from '../../runner/engine/plan.ts'
import { gradeAccount } from '../../runner/grading/grade-account.ts'
import { gradeClass } from '../../runner/grading/grade-class.ts'
import { type GradingFolder, openGradingFolder } from '../../runner/grading/grading-folder.ts'
import type { Roster } from '../../runner/grading/read-roster.ts'
import type { StudentReport } from '../../runner/grading/student-report.ts'
import { combine, usageError } from '../../runner/lab-error.ts'
import { chooseTarget } from '../choose-target.ts'
import { fromWorld } from '../engine-options.ts'
import { interruptible } from '../interrupt.ts'
import type { Options } from '../options.ts'
import { selectLabs } from '../select-labs.ts'
import { counted } from '../show/count.ts'
import { type Paper, paperOf } from '../show/paper.ts'
import { wholeCatalogue } from '../whole-catalogue.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'
import type { World } from '../world.ts'
import { checkClassReports, writeClassReports } from './class-reports.ts'
import { openGrader } from './open-grader.ts'
import { rosterOf } from './roster-file.ts'
import { badRowLine, classSummary, studentLine } from './student-line.ts'

const defaultTimeout = 5 * 60_000

/** `lab verify --roster`: a verdict for each student of a class, changing nothing in any account. */
export async function verifyClass(world: World, args: readonly string[], options: Options): Promise<number> {
  checkClassReports(options.report)
  refuseToCome(options)
  const begun = performance.now()
  const workplace = findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  const chosen = chooseTarget(world, options, catalogue)
  const { labs, asked } = await selectLabs(world, catalogue, args, options.all)
  planLabs(labs, { asked, overrides: options.var, suffix: '' })
  const path = options.roster ?? ''
  const roster = await rosterOf(world.cwd, path, labs, options.student, true)
  const paper = paperOf(world, options)
  const all = await wholeCatalogue(catalogue, labs, text => paper.line(text))
  const outside = fromWorld(world, workplace)
  const assumeRole = options.assumeRole ?? null
  const keep = options.rerunFailed || options.student.length > 0
  const where = [resolve(world.cwd, path), asked, chosen.name, chosen.region, chosen.endpoint ?? null, assumeRole]
  return interruptible(world, async signal => {
    const { target: base, close } = await openGrader(world, workplace, catalogue, chosen, labs)
    const folder = await openGradingFolder(workplace.labFolder, where, keep)
    const release = await lockFolder(folder.path, () => {}, signal)
    try {
      paper.line(`AccessLab · ${base.name} · ${base.place.region} · ${asked.join(', ')} · grading ${folder.id}`)
      if (options.rerunFailed && folder.found === 'new')
        throw usageError('nothing is selected: this roster was never graded here', 'take --rerun-failed out')
      for (const row of roster.bad) paper.line(badRowLine(row, paper))
      const selection = { labs, asked, all, overrides: options.var }
      const grading = { ...outside, ...selection, base, assumeRole, catalogue, signal, labFolder: folder.path }
      const { kept } = await gradeClass({
        students:
          options.student.length === 0
            ? roster.students
            : roster.students.filter(({ student }) => options.student.includes(student)),
        results: folder.results,
        parallel: options.parallel,
        question: [labs, options.var],
        rerunFailed: options.rerunFailed,
        again: new Set(options.student),
        signal,
        grade: student => gradeAccount({ ...grading, timeout: options.timeout ?? defaultTimeout }, student),
        onDone: report => {
          if (!options.quiet || !report.graded || report.points !== report.maxPoints)
            paper.line(studentLine(report, paper))
        },
      })
      if (kept > 0) paper.line(`  ${counted(kept, 'student')} had a result already: grading ${folder.id} goes on`)
      if (signal.aborted) return 130
      return await finishClass(world, options, { roster, folder, paper, begun })
    } finally {
      folder.results.close()
      await release()
      await close()
    }
  })
}

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
  paper.line(classSummary(count, performance.now() - begun))
  const least = options.failUnder
  const under = least === undefined ? [] : graded.filter(each => (each.points ?? 0) * 100 < least * each.maxPoints)
  if (under.length > 0) paper.line(`${counted(under.length, 'student')} below ${least} %`)
  const open = count.students + count.bad - count.graded
  if (open > 0) paper.line(`Next: mend what kept them, then the same command with --rerun-failed`)
  return combine([...(under.length > 0 ? [1 as const] : []), ...(open > 0 ? [3 as const] : [])])
}

/** Flags of this command that are still to come. */
function refuseToCome({ answers, gradebook, feedback, assignment }: Options): void {
  const given = {
    ...{ '--answers': answers, '--gradebook': gradebook[0], '--feedback': feedback, '--assignment': assignment },
  }
  for (const [flag, value] of Object.entries(given))
    if (value !== undefined) throw usageError(`the flag \`${flag}\` is not built yet`)
}
