import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Unreachable } from './reach-student.ts'

/** Where a student's submission is. */
export type Submissions = (student: string) => Promise<string>

/** An accent may be a character of its own, as macOS writes it. */
const formOf = (name: string): string => name.normalize('NFC')

/**
 * The folders of all that was handed in, by the names that they have on the disk: where the file system takes two spellings for one (case, an
 * accent in one character or two, a point at the end), a student is given no other's folder.
 *
 * @throws Unreachable where there is none, or a link in its place, which might lead to somebody else's
 */
export async function submissionFolders(folder: string): Promise<Submissions> {
  const names = await readdir(folder)
  const exact = new Set(names)
  const byForm = new Map<string, string[]>()
  for (const name of names) byForm.set(formOf(name), [...(byForm.get(formOf(name)) ?? []), name])
  return async student => {
    const alike = byForm.get(formOf(student)) ?? []
    const [name] = exact.has(student) ? [student] : alike.length === 1 ? alike : []
    const found = name === undefined ? null : await lstat(join(folder, name)).catch(() => null)
    if (found?.isSymbolicLink())
      throw new Unreachable(
        'linked-submission',
        `\`${student}\` is a link among the submissions, which is not followed: expected a folder`,
      )
    if (name === undefined || !found?.isDirectory())
      throw new Unreachable('no-submission', `there is no folder \`${student}\` among the submissions`)
    return join(folder, name)
  }
}
