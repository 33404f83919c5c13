import type { Report } from '../../assertions/index.ts'
import type { Paper } from '../show/paper.ts'
import { type Change, wordingDrift } from './compare.ts'
import { entryOf } from './entry.ts'
import { keepInHistory, readHistory } from './history-folder.ts'

/** Keeps the run in the history, and gives what AWS words otherwise than before: a notice, no failure. A verdict stands without a history. */
export async function rememberRun(labFolder: string, report: Report, { line }: Paper): Promise<Change[]> {
  const history = await readHistory(labFolder)
  try {
    await keepInHistory(labFolder, report)
  } catch (error) {
    line(`the history cannot be written: ${(error as NodeJS.ErrnoException).code}`)
  }
  return wordingDrift(history, entryOf(report))
}
