import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lockFolder } from '../engine/lock.ts'
import { ResultsFile } from './results-file.ts'

/** `.lab/grading/<id>/`: the same roster, labs and target come back to the same folder. */
export interface GradingFolder {
  id: string
  path: string
  results: ResultsFile
  /** new: nothing was there. resumed: an earlier process did not come to its end. ended: it did, and its results are there. */
  found: 'new' | 'resumed' | 'ended'
  /** Says that every student has a result. */
  end(): Promise<void>
  /** Lets another process have it. */
  close(): Promise<void>
}

export const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)

/**
 * Opens the folder for this process alone; another one that grades the same is waited for.
 *
 * @param question what makes two gradings the same: roster file, labs, target
 * @param keep true: the results of an ended grading stay (`--rerun-failed`, one student); one that did not end is gone on with in any case
 */
export async function openGradingFolder(
  labFolder: string,
  question: unknown,
  keep: boolean,
  signal: AbortSignal,
): Promise<GradingFolder> {
  const id = digestOf(question).slice(0, 8)
  const path = join(labFolder, 'grading', id)
  await mkdir(path, { recursive: true, mode: 0o700 })
  const release = await lockFolder(path, () => {}, signal)
  const [state, file] = [join(path, 'grading.json'), join(path, 'results.jsonl')]
  const ended = await hasEnded(state)
  const anew = ended && !keep
  const found = existsSync(file) && !anew ? (ended ? 'ended' : 'resumed') : 'new'
  const write = (endedAt: string | null) => writeFile(state, `${JSON.stringify({ id, question, endedAt }, null, 2)}\n`)
  const results = ResultsFile.open(file, anew)
  await write(null)
  return {
    ...{ id, path, results, found },
    end: () => write(new Date().toISOString()),
    close: async () => {
      results.close()
      await release()
    },
  }
}

async function hasEnded(file: string): Promise<boolean> {
  try {
    return (JSON.parse(await readFile(file, 'utf8')) as { endedAt: string | null }).endedAt !== null
  } catch {
    return false
  }
}
