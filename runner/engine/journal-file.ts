import { readFile } from 'node:fs/promises'
import { environmentError, LabError } from '../lab-error.ts'
import { journalVersion } from './journal.ts'

/** Of a file that is not there, or whose folder is none (some other program's file among the runs). */
const absent: readonly (string | undefined)[] = ['ENOENT', 'ENOTDIR']

/**
 * The text of a run's journal; null: the run has none.
 *
 * @throws LabError (environment) when it is there and cannot be read: what it tells of would be taken for gone
 */
export async function journalText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (absent.includes(code)) return null
    throw environmentError(
      `${file} cannot be read: ${code ?? (error as Error).message}`,
      'make it a file that you may read: it tells what a run left',
      { cause: error },
    )
  }
}

/** How the first line of every journal begins. */
const head = '{"event":"run"'

/** A crash while the first line was written, before anything was sent: nothing is there to be looked after. */
export const brokeOffAtOnce = (text: string): boolean =>
  !text.includes('\n') && (text.startsWith(head) || head.startsWith(text))

/** A journal whose first line cannot be read: nobody knows where its run was. */
export const headless = (file: string): LabError =>
  new LabError(
    2,
    'journal',
    `${file} does not say which run it is of, expected its first line to be a \`run\` event`,
    'restore that line; or move the folder of its run away, then lab teardown --orphans finds by their tags what it left',
  )

/** @throws LabError (usage) at a journal of another version: what it says cannot be taken back by guessing */
export function checkVersion({ v }: { v: unknown }, file: string): void {
  if (v === journalVersion) return
  const newer = typeof v === 'number' && v > journalVersion
  throw new LabError(
    2,
    'journal',
    `${file} is a journal of version \`${JSON.stringify(v) ?? 'none'}\`, expected \`${journalVersion}\``,
    newer
      ? 'a newer lab wrote it: upgrade this one, or tear its run down with that'
      : 'something else wrote or changed it: restore it, or move the folder of its run away and look after what it left yourself',
  )
}
