import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Report } from '../assertions/index.ts'
import { type PastRun, pastRuns } from '../runner/engine/runs.ts'
import { usageError } from '../runner/lab-error.ts'

export interface FailedLabs {
  runId: string
  labs: string[]
}

/**
 * The labs that the last run of this folder was asked for and that did not pass. Of a run that never came to its report nobody knows what
 * passed: all of them, or, where its journal is too old to say which those were, all that it was to run.
 *
 * @throws LabError (usage) when there is no run, or every lab of it passed: nothing is selected
 */
export async function failedLabs(labFolder: string): Promise<FailedLabs> {
  const last = (await pastRuns(labFolder)).at(-1)
  if (!last) throw usageError('nothing is selected: this folder has no run yet', 'lab run LAB starts one')
  const { runId } = last.start
  const labs = [...((await ofReport(last)) ?? ofJournal(last))]
  if (labs.length === 0)
    throw usageError(`nothing is selected: no lab of run ${runId} is to be run again`, 'lab run LAB, or --all')
  return { runId, labs }
}

async function ofReport({ folder }: PastRun): Promise<string[] | null> {
  try {
    const { labs } = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as Report
    return labs.filter(({ setUp, status }) => !setUp && status !== 'passed').map(({ id }) => id)
  } catch {
    return null
  }
}

const ofJournal = ({ start, changes }: PastRun): readonly string[] =>
  start.asked ?? start.labs ?? [...new Set(changes.map(({ lab }) => lab).filter(lab => lab !== ''))]
