import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Kept, ResultsFile } from '../../runner/grading/results-file.ts'
import { usageError } from '../../runner/lab-error.ts'
import { type FoundShard, wholeWork } from '../../runner/shards/find-shards.ts'
import { mergeRuns } from '../../runner/shards/merge-runs.ts'
import { mergedFile } from '../../runner/shards/shard-folder.ts'
import type { ShardPlan } from '../../runner/shards/shard-plan.ts'
import type { Command } from '../command.ts'
import { checkClassReports } from '../grading/class-reports.ts'
import { finishClass } from '../grading/finish-class.ts'
import { checkGradebooks } from '../grading/gradebooks.ts'
import { badRowLine } from '../grading/student-line.ts'
import type { Options } from '../options.ts'
import { labResults } from '../shards/lab-results.ts'
import { counted } from '../show/count.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import { tellErrors } from '../show/show-error.ts'
import { summaryLines } from '../show/summary.ts'
import { findWorkplace } from '../workplace.ts'
import type { World } from '../world.ts'
import { checkReportKinds, writeReports } from '../write-reports.ts'

interface Whole {
  plan: ShardPlan
  shards: FoundShard[]
}

/** `lab merge`: one result of all shards' results, as if one process had done it all. A gap or an overlap is refused by name. */
export const merge: Command = async (world, args, options) => {
  if (args.includes(''))
    throw usageError('`lab merge` was given an empty name', 'a variable of the shell may not be set')
  if (args.length === 0) throw usageError('`lab merge` needs a folder', 'the one that the shards had as --out')
  const whole = await wholeWork(args.map(folder => resolve(world.cwd, folder)))
  const { plan, shards } = whole
  const exitCode = await (plan.of === 'students' ? mergeClass : mergeLabs)(world, options, whole)
  // The folder may be one that can be read only.
  for (const { path } of shards)
    await writeFile(mergedFile(path), `${JSON.stringify({ mergedAt: new Date().toISOString() })}\n`).catch(
      () => undefined,
    )
  return exitCode
}

async function mergeClass(world: World, options: Options, { plan, shards }: Whole): Promise<number> {
  checkClassReports(world.cwd, options.report)
  await checkGradebooks(world.cwd, options)
  const paper = paperOf(world, options)
  const files = shards.map(({ path }) => ResultsFile.openToRead(join(path, 'results.jsonl')))
  try {
    const owner = ownersOf(plan, files)
    paper.line(`${counted(shards.length, 'shard')} of verify ${plan.asked.join(', ')}`)
    for (const row of plan.bad) paper.line(badRowLine(row, paper))
    const exitCode = await finishClass(world, options, {
      ...{ students: plan.order, bad: plan.bad, paper, begun: null },
      labFolder: findWorkplace(world, options.config).labFolder,
      results: {
        get: (student): Kept | undefined => owner.get(student)?.get(student),
        read: student => owner.get(student)?.read(student) ?? null,
      },
      end: async () => undefined,
    })
    if (plan.order.some(student => owner.get(student)?.get(student)?.graded === false))
      paper.line('Next: mend what kept them, then each part with --rerun-failed, and the merge again')
    return exitCode
  } finally {
    for (const file of files) file.close()
  }
}

/** Who has each student's result. @throws LabError (usage): a shard has not all of its own, or one of another's */
function ownersOf({ shards }: ShardPlan, files: readonly ResultsFile[]): Map<string, ResultsFile> {
  const owner = new Map<string, ResultsFile>()
  shards.forEach((names, at) => {
    const file = files[at]
    const of = `shard ${at + 1} of ${shards.length}`
    const own = new Set(names)
    for (const student of file?.students() ?? [])
      if (!own.has(student)) throw usageError(`${of} has a result of \`${student}\`, who is another shard's`)
    const missing = names.find(name => file?.get(name) === undefined)
    if (missing !== undefined)
      throw usageError(`${of} has no result of \`${missing}\``, 'the command that started it goes on with it')
    for (const name of names) if (file) owner.set(name, file)
  })
  return owner
}

async function mergeLabs(world: World, options: Options, { plan, shards }: Whole): Promise<number> {
  refuseClassFlags(options)
  checkReportKinds(options.report)
  const report = mergeRuns(await labResults(plan, shards))
  const paper = paperOf(world, options)
  paper.line(`${counted(shards.length, 'shard')} of ${plan.command} ${plan.asked.join(', ')}`)
  const shown = { ...paper, asked: plan.asked, teardown: false, kept: report.leftovers }
  for (const line of summaryLines(report, shown)) paper.line(line)
  const { errors } = writeReports(world.cwd, options.report, report)
  await tellErrors(world, errors, 'reports that could not be written')
  const exitCode = report.exitCode || (errors[0]?.exitCode ?? 0)
  if (options.json) writeJson(world, { ...report, exitCode })
  return exitCode
}

function refuseClassFlags({ gradebook, feedback, failUnder, assignment }: Options): void {
  const given = {
    ...{ '--gradebook': gradebook[0], '--feedback': feedback, '--fail-under': failUnder, '--assignment': assignment },
  }
  for (const [flag, value] of Object.entries(given))
    if (value !== undefined) throw usageError(`\`${flag}\` with shards of labs`, 'it is for those of a roster')
}
