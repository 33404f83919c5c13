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
  { all, graded }: { all: readonly Lab[]; graded: readonly Lab[] },
  only: readonly string[],
  needsAccount: boolean,
): Promise<Roster> {
  const roster = readRoster(await rosterText(cwd, path), path, [...namesIn(all)], needsAccount)
  const unknown = only.find(name => !roster.students.some(({ student }) => student === name))
  if (unknown !== undefined) throw usageError(`the roster \`${path}\` has no usable line of \`${unknown}\``)
  // The same roster is good for every lab: names of labs that are not graded now say nothing.
  const own = namesIn(graded)
  const students = roster.students.map(student => ({
    ...student,
    overrides: Object.fromEntries(Object.entries(student.overrides).filter(([name]) => own.has(name))),
  }))
  return { ...roster, students }
}

/** What a roster may rename: `names.role`, and vars. */
const namesIn = (labs: readonly Lab[]): Set<string> =>
  new Set(labs.flatMap(lab => [...Object.keys(lab.names).map(name => `names.${name}`), ...Object.keys(lab.vars)]))

/** The text of a roster: UTF-8, or UTF-16 where the file begins by saying so. Bytes that are neither stand as U+FFFD, for their line to be named. */
async function rosterText(cwd: string, path: string): Promise<string> {
  const bytes = await bytesOf(cwd, path, 'roster')
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}

/** The text of a CSV file of the grader's. @throws LabError (usage) naming what it is not */
export async function textOf(cwd: string, path: string, what: string): Promise<string> {
  const bytes = await bytesOf(cwd, path, what)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw usageError(`the ${what} \`${path}\` is not UTF-8`, 'save it as CSV UTF-8')
  }
}

async function bytesOf(cwd: string, path: string, what: string): Promise<Buffer> {
  const bytes = await readFile(resolve(cwd, path)).catch((error: NodeJS.ErrnoException) => {
    throw usageError(`the ${what} \`${path}\` cannot be read: ${error.code}`)
  })
  if (bytes.length > largest) throw usageError(`the ${what} \`${path}\` is larger than 64 MiB`)
  return bytes
}
