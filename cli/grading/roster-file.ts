import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Lab } from '../../runner/definition/index.ts'
import { type Roster, readRoster } from '../../runner/grading/read-roster.ts'
import { usageError } from '../../runner/lab-error.ts'

const largest = 64 * 1024 * 1024

/** Reads the file of --roster. @throws LabError (usage), also where it has nobody of --student */
export async function rosterOf(
  cwd: string,
  path: string,
  labs: readonly Lab[],
  only: readonly string[],
  needsAccount: boolean,
): Promise<Roster> {
  const known = labs.flatMap(lab => [...Object.keys(lab.names).map(name => `names.${name}`), ...Object.keys(lab.vars)])
  const roster = readRoster(await textOf(cwd, path, 'roster'), path, [...new Set(known)], needsAccount)
  const unknown = only.find(name => !roster.students.some(({ student }) => student === name))
  if (unknown !== undefined) throw usageError(`the roster \`${path}\` has no usable line of \`${unknown}\``)
  return roster
}

/** The text of a CSV file of the grader's. @throws LabError (usage) naming what it is not */
export async function textOf(cwd: string, path: string, what: string): Promise<string> {
  const bytes = await readFile(resolve(cwd, path)).catch((error: NodeJS.ErrnoException) => {
    throw usageError(`the ${what} \`${path}\` cannot be read: ${error.code}`)
  })
  if (bytes.length > largest) throw usageError(`the ${what} \`${path}\` is larger than 64 MiB`)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw usageError(`the ${what} \`${path}\` is not UTF-8`, 'save it as CSV UTF-8')
  }
}
