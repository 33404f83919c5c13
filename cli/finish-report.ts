import type { Report } from '../assertions/index.ts'
import { tellGithub } from './github-actions.ts'
import { rememberRun } from './history/remember-run.ts'
import { keptThings } from './kept.ts'
import type { Options } from './options.ts'
import { writeJson } from './show/paper.ts'
import type { Show } from './show/plain.ts'
import { tellErrors } from './show/show-error.ts'
import { summaryLines } from './show/summary.ts'
import type { World } from './world.ts'
import { writeReports } from './write-reports.ts'

export interface Finished {
  show: Show
  report: Report
  asked: readonly string[]
  labFolder: string
}

/**
 * The end of run and verify: the summary, the files of --report, the document of --json, the history, GitHub's own view. A file that cannot be
 * written costs none of the others, and changes the exit code only of a run that went as expected.
 */
export async function finishReport(world: World, options: Options, finished: Finished): Promise<number> {
  const { show, report, asked, labFolder } = finished
  await show.finish()
  const { paper } = show
  const kept = report.command === 'run' ? await keptThings(labFolder, report) : []
  if (!options.quiet) paper.line()
  for (const line of summaryLines(report, { ...paper, asked, teardown: options.teardown, kept })) paper.line(line)
  const { errors } = writeReports(world.cwd, options.report, report)
  const drift = await rememberRun(labFolder, report, paper)
  for (const { lab, step, before, after } of drift)
    for (const text of [`wording changed: ${lab}/${step}`, `  was  ${before}`, `  is   ${after}`]) paper.line(text)
  const notices = drift.map(({ lab, step, before, after, file, line }) => ({
    ...{ title: `${lab}/${step}: AWS's wording changed`, message: `was: ${before}\nis: ${after}`, file, line },
  }))
  await tellGithub(world, options, report, notices)
  await tellErrors(world, errors, 'reports that could not be written')
  const exitCode = report.exitCode || (errors[0]?.exitCode ?? 0)
  if (options.json) writeJson(world, { ...report, exitCode })
  return exitCode
}
