import { appendFile, stat } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import type { Report } from '../assertions/index.ts'
import { annotations, errorAnnotations, type Notice } from '../reports/github/annotations.ts'
import { stepSummary, stoppedSummary } from '../reports/github/step-summary.ts'
import { markdown } from '../reports/markdown.ts'
import { readSettings } from './settings.ts'
import type { ShownProblem } from './show/problems.ts'
import type { Output, World } from './world.ts'

const largestSummary = 1024 * 1024

/** On GitHub Actions: annotations among the lines, and the summary of the job's step. A summary that cannot be written changes no verdict. */
export async function tellGithub(
  world: World,
  { json }: { json: boolean },
  report: Report,
  notices: readonly Notice[],
): Promise<void> {
  if (!readSettings(world.env).githubActions) return
  const output = json ? world.stderr : world.stdout
  say(output, annotations(report, pathShownIn(world), notices))
  await addToSummary(world, output, markdown(report))
}

/** The same of what is in no report: what stopped the command before it had one. */
export async function tellGithubProblems(
  world: World,
  problems: readonly ShownProblem[],
  heading: string,
): Promise<void> {
  const notices = problems.map(({ code, message, hint, file, line }) => ({
    ...{ title: `lab: ${code}`, message: hint === null ? message : `${message}\nhint: ${hint}` },
    ...{ file: file ?? '', line: line ?? 1 },
  }))
  say(world.stderr, errorAnnotations(notices, pathShownIn(world)))
  const lines = problems.flatMap(({ message, hint, file, line, column }) => [
    file === null ? message : `${file}:${line}:${column}: ${message}`,
    ...(hint === null ? [] : [`  hint: ${hint}`]),
  ])
  await addToSummary(world, world.stderr, stoppedSummary(heading, lines))
}

/** Past the paper, which lets no foreign text be a command. */
const say = (output: Output, lines: readonly string[]): void => {
  for (const line of lines) output.write(`${line}\n`)
}

/** Relative to the checkout, where it lies in it. */
function pathShownIn({ env, cwd }: World): (file: string) => string {
  const { githubWorkspace } = readSettings(env)
  return file => {
    const inside = relative(resolve(githubWorkspace ?? cwd), resolve(cwd, file))
    return inside === '' || inside.startsWith('..') ? file : inside.split(sep).join('/')
  }
}

async function addToSummary({ env }: World, output: Output, text: string): Promise<void> {
  const { githubStepSummary } = readSettings(env)
  if (githubStepSummary === null) return
  try {
    const written = await stat(githubStepSummary).then(
      ({ size }) => size,
      () => 0,
    )
    await appendFile(githubStepSummary, stepSummary(text, largestSummary - written))
  } catch (error) {
    say(output, [`::warning title=lab::the step summary cannot be written: ${(error as NodeJS.ErrnoException).code}`])
  }
}
