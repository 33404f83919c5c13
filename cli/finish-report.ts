import type { Report } from '../assertions/index.ts'
import { keptThings } from './kept.ts'
import type { Options } from './options.ts'
import { writeJson } from './show/paper.ts'
import type { Show } from './show/plain.ts'
import { summaryLines } from './show/summary.ts'
import type { World } from './world.ts'
import { writeReports } from './write-reports.ts'

export interface Finished {
  show: Show
  report: Report
  asked: readonly string[]
  labFolder: string
}

/** The end of run and verify: the summary, the files of --report, the document of --json. Gives the exit code. */
export async function finishReport(world: World, options: Options, finished: Finished): Promise<number> {
  const { show, report, asked, labFolder } = finished
  await show.finish()
  const { paper } = show
  const kept = report.command === 'run' ? await keptThings(labFolder, report) : []
  if (!options.quiet) paper.line()
  for (const line of summaryLines(report, { ...paper, asked, teardown: options.teardown, kept })) paper.line(line)
  await writeReports(world.cwd, options.report, report)
  if (options.json) writeJson(world, report)
  return report.exitCode
}
