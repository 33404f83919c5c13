import { join, resolve } from 'node:path'
import { planLabs } from '../../runner/engine/plan.ts'
import { gradeClass } from '../../runner/grading/grade-class.ts'
import { openGradingFolder } from '../../runner/grading/grading-folder.ts'
import type { Roster, Student } from '../../runner/grading/read-roster.ts'
import { digestOfLabs } from '../../runner/grading/what-judges.ts'
import { codeOfEnd, usageError } from '../../runner/lab-error.ts'
import { type ChosenTarget, chooseTarget } from '../choose-target.ts'
import { interruptible } from '../interrupt.ts'
import type { Options } from '../options.ts'
import { selectLabs } from '../select-labs.ts'
import { classShard, refuseWithShard } from '../shards/class-shard.ts'
import { whichShard } from '../shards/which-shard.ts'
import { counted } from '../show/count.ts'
import { paperOf } from '../show/paper.ts'
import { shownPath } from '../show/problems.ts'
import { wholeCatalogue } from '../whole-catalogue.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'
import type { World } from '../world.ts'
import { classGrader } from './class-grader.ts'
import { checkClassReports } from './class-reports.ts'
import { finishClass } from './finish-class.ts'
import { checkGradebooks } from './gradebooks.ts'
import { rosterOf } from './roster-file.ts'
import { keepHeapSmall } from './small-heap.ts'
import { badRowLine, studentLine } from './student-line.ts'

/** `lab verify --roster`: a verdict for each student of a class, changing nothing in any account. */
export async function verifyClass(world: World, args: readonly string[], options: Options): Promise<number> {
  const shard = whichShard(world, options.shard, options.out)
  if (shard) refuseWithShard(options)
  checkClassReports(world.cwd, options.report)
  await checkGradebooks(world.cwd, options)
  keepHeapSmall()
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
  const judging = digestOfLabs({ labs, all, catalogue })
  const question = questionOf(world.cwd, options, asked, chosen)
  return interruptible(world, async signal => {
    const given = { workplace, catalogue, chosen, selected: { labs, asked }, all, signal }
    const out = resolve(world.cwd, options.out ?? join(workplace.labFolder, 'shards'))
    const work = {
      ...{ out, labFolder: workplace.labFolder, roster, asked, chosen, signal },
      ...{ labs: judging, version: world.version },
    }
    // A part first: where the grader has no credentials it ends with 3, after which schedulers merge, and its end of another day must not count.
    const part = shard && (await classShard(options, { ...work, shard }))
    const closing = (close: (() => Promise<void>) | undefined) => async (error: unknown) => {
      await close?.()
      throw error
    }
    const grader = await classGrader(world, options, given).catch(closing(part?.folder.close))
    const opened = part?.folder ?? openGradingFolder(workplace.labFolder, question, keep, signal)
    const folder = await Promise.resolve(opened).catch(closing(grader.close))
    try {
      paper.line(`AccessLab · ${grader.where} · ${asked.join(', ')} · grading ${folder.id}`)
      if (options.rerunFailed && folder.found === 'new')
        throw usageError('nothing is selected: this roster was never graded here', 'take --rerun-failed out')
      if (shard)
        paper.line(
          `shard ${shard.index} of ${shard.count}, by ${shard.from}: ${counted(part?.names.size ?? 0, 'student')}`,
        )
      // Of lines that nobody can be graded by one shard tells, and the merge.
      if (shard === null || shard.index === 1) for (const row of roster.bad) paper.line(badRowLine(row, paper))
      const students = part ? only(roster.students, part.names) : chosenStudents(roster, options.student)
      const { kept } = await gradeClass({
        students,
        results: folder.results,
        parallel: options.parallel,
        // Another version may judge otherwise: its results are not mixed with this one's.
        question: [judging, options.var, world.version],
        rerunFailed: options.rerunFailed || shard !== null,
        again: new Set(options.student),
        signal,
        grade: grader.grade,
        materialOf: grader.materialOf,
        onChanged: ({ student }) => paper.line(`  ${student}  handed in something else since: graded again`),
        onDone: report => {
          if (!options.quiet || !report.graded || report.points !== report.maxPoints)
            paper.line(studentLine(report, paper))
        },
      })
      if (kept > 0) paper.line(`  ${counted(kept, 'student')} had a result already: grading ${folder.id} goes on`)
      if (signal.aborted) {
        paper.line(`interrupted: the same command goes on with grading ${folder.id}`)
        return codeOfEnd(signal)
      }
      const { results } = folder
      const names = (shard ? students : roster.students).map(({ student }) => student)
      const bad = shard ? [] : roster.bad
      const { labFolder } = workplace
      const exitCode = await finishClass(world, options, {
        ...{ students: names, bad, results, labFolder, paper, begun },
        end: folder.end,
      })
      if (exitCode === 3)
        paper.line(`Next: mend what kept them, then the same command${shard ? '' : ' with --rerun-failed'}`)
      else if (shard) paper.line(`Next, when all ${shard.count} are done: lab merge ${shownPath(out, world.cwd)}`)
      return exitCode
    } finally {
      await folder.close()
      await grader.close()
    }
  })
}

const only = (students: readonly Student[], names: ReadonlySet<string>): Student[] =>
  students.filter(({ student }) => names.has(student))

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
