import { relative } from 'node:path'
import { DefinitionError } from '../../runner/definition/definition-error.ts'
import { exitCodes, LabError } from '../../runner/lab-error.ts'
import { SandboxError } from '../../sandbox/sandbox-error.ts'

/** An error as `--json` prints it, file relative to the working folder. */
export interface ShownProblem {
  code: string
  message: string
  file: string | null
  line: number | null
  column: number | null
  hint: string | null
}

/** What a person or a program is told of an error, and the exit code that it is. Whatever nobody foresaw is our own defect. */
export function problemsOf(error: unknown, cwd: string): { exitCode: number; problems: ShownProblem[] } {
  if (error instanceof DefinitionError)
    return {
      exitCode: exitCodes.usage,
      problems: error.problems.map(({ place, message, hint }) => ({
        code: 'definition',
        message,
        file: shownPath(place.file, cwd),
        line: place.line,
        column: place.column,
        hint,
      })),
    }
  const nowhere = { file: null, line: null, column: null }
  if (error instanceof LabError) {
    const { exitCode, code, message, hint } = error
    return { exitCode, problems: [{ code, message, ...nowhere, hint }] }
  }
  if (error instanceof SandboxError) {
    const { message, hint, isUsage } = error
    const exitCode = isUsage ? exitCodes.usage : exitCodes.environment
    return { exitCode, problems: [{ code: 'sandbox', message, ...nowhere, hint }] }
  }
  const message = error instanceof Error ? error.message : String(error)
  const file = fileSystemError(error)
  if (file !== null)
    return { exitCode: exitCodes.environment, problems: [{ code: 'file', message: file, ...nowhere, hint: null }] }
  return {
    exitCode: exitCodes.environment,
    problems: [
      {
        code: 'internal',
        message: `internal error: ${message}`,
        ...nowhere,
        hint: 'this is a defect of lab: please report it; LAB_DEBUG=1 shows where it happened',
      },
    ],
  }
}

/** A full disk or a folder that may not be written is the machine's state, not a defect. */
function fileSystemError(error: unknown): string | null {
  const { code, syscall, path } = error as { code?: string; syscall?: string; path?: string }
  return code && syscall && path ? `the file system refused to ${syscall} \`${path}\`: ${code}` : null
}

/** Relative to the working folder where it lies in it. */
export function shownPath(path: string, cwd: string): string {
  const inside = relative(cwd, path)
  return inside === '' || inside.startsWith('..') ? path : inside
}
