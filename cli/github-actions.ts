import { appendFile, stat } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import type { Report } from '../assertions/index.ts'
import { annotations, type Notice } from '../reports/github/annotations.ts'
import { stepSummary } from '../reports/github/step-summary.ts'
import { markdown } from '../reports/markdown.ts'
import { readSettings } from './settings.ts'
import type { Paper } from './show/paper.ts'
import type { World } from './world.ts'

const largestSummary = 1024 * 1024

/** On GitHub Actions: annotations among the lines, and the summary of the job's step. A summary that cannot be written changes no verdict. */
export async function tellGithub(
  world: World,
  paper: Paper,
  report: Report,
  notices: readonly Notice[],
): Promise<void> {
  const { githubActions, githubWorkspace, githubStepSummary } = readSettings(world.env)
  if (!githubActions) return
  const shownPath = (file: string) => {
    const inside = relative(resolve(githubWorkspace ?? world.cwd), resolve(world.cwd, file))
    return inside === '' || inside.startsWith('..') ? file : inside.split(sep).join('/')
  }
  for (const line of annotations(report, shownPath, notices)) paper.line(line)
  if (githubStepSummary === null) return
  try {
    const written = await stat(githubStepSummary).then(
      ({ size }) => size,
      () => 0,
    )
    await appendFile(githubStepSummary, stepSummary(markdown(report), largestSummary - written))
  } catch (error) {
    paper.line(`::warning title=lab::the step summary cannot be written: ${(error as NodeJS.ErrnoException).code}`)
  }
}
