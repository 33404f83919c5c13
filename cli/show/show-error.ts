import { DefinitionError } from '../../runner/definition/definition-error.ts'
import { redactText } from '../../runner/engine/redact.ts'
import { readSettings } from '../settings.ts'
import type { World } from '../world.ts'
import { paperOn, writeJson } from './paper.ts'
import { printable } from './printable.ts'
import { problemsOf, type ShownProblem } from './problems.ts'

/** Shows what stopped a command: text on stderr, with --json one document on stdout, on GitHub Actions its own view as well. Gives the exit code. */
export async function showError(world: World, error: unknown): Promise<number> {
  const { exitCode, problems } = safeProblems(world, error)
  const end = world.argv.indexOf('--')
  const json = world.argv.slice(0, end < 0 ? undefined : end).includes('--json')
  if (json)
    writeJson(world, {
      schemaVersion: 1,
      exitCode,
      error: problems[0],
      ...(error instanceof DefinitionError ? { problems } : {}),
    })
  await tellProblems(world, problems, `${world.argv[0] ?? 'lab'}: stopped before its end`)
  if (readSettings(world.env).debug && error instanceof Error) paperOf(world).line(error.stack)
  return exitCode
}

/** Tells what went wrong beside a verdict that stands. */
export async function tellErrors(world: World, errors: readonly unknown[], heading: string): Promise<void> {
  const problems = errors.flatMap(error => safeProblems(world, error).problems)
  if (problems.length > 0) await tellProblems(world, problems, heading)
}

/** What AWS says of a signature that it does not take repeats what was signed, the session's token with it. */
function safeProblems(world: World, error: unknown): ReturnType<typeof problemsOf> {
  const secrets = new Set(readSettings(world.env).secrets)
  const safe = (text: string) => redactText(text, secrets)
  const { exitCode, problems } = problemsOf(error, world.cwd)
  return {
    exitCode,
    problems: problems.map(each => ({
      ...each,
      message: safe(each.message),
      hint: each.hint === null ? null : safe(each.hint),
    })),
  }
}

async function tellProblems(world: World, problems: readonly ShownProblem[], heading: string): Promise<void> {
  const paper = paperOf(world)
  for (const { message, file, line, column, hint } of problems) {
    const place = file === null ? 'lab: ' : `${file}:${line}:${column}: `
    paper.line(`${paper.colours.bad(printable(place))}${printable(message)}`)
    if (hint !== null) paper.line(`  hint: ${printable(hint)}`)
  }
  if (!readSettings(world.env).githubActions) return
  await (await import('../github-actions.ts')).tellGithubProblems(world, problems, heading)
}

const paperOf = (world: World) => paperOn(world, world.stderr, !world.argv.includes('--no-color'))
