import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { answeredLabs } from '../runner/grading/answered-labs.ts'
import { readAnswers } from '../runner/grading/read-answers.ts'
import { usageError } from '../runner/lab-error.ts'
import type { Options } from './options.ts'
import type { Selected } from './select-labs.ts'

/**
 * The labs with the documents of --answers in place of their own. Labs that are only needed keep theirs.
 * @throws LabError (usage) naming every file that is missing or cannot be taken
 */
export async function withAnswers(cwd: string, { answers }: Options, selected: Selected): Promise<Selected> {
  if (answers === undefined) return selected
  const folder = resolve(cwd, answers)
  const there = await stat(folder).catch(() => null)
  if (!there?.isDirectory()) throw usageError(`there is no folder \`${answers}\``, 'lab start LAB writes answers/LAB/')
  const { labs, asked } = selected
  const own = labs.filter(({ id }) => asked.includes(id))
  const read = await readAnswers(folder, own)
  if (read.texts.size === 0)
    throw usageError(`no document of ${asked.join(', ')} is to be answered`, 'take --answers out')
  if (read.faults.size > 0)
    throw usageError(
      `the answers in \`${answers}\`: ${[...read.faults.values()].join('; ')}`,
      'lab start LAB writes stubs of them',
    )
  return { asked, labs: answeredLabs(labs, read) }
}
