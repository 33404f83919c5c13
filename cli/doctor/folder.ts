import { holderOf } from '../../runner/engine/lock.ts'
import { pastRuns } from '../../runner/engine/runs.ts'
import { leftOf } from '../../runner/engine/teardown.ts'
import { LabError } from '../../runner/lab-error.ts'
import { countedTypes } from '../show/count.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

/** What earlier runs of this folder left, by their journals. */
export async function leftovers(labFolder: string): Promise<Finding> {
  const runs = await pastRuns(labFolder).catch((error: unknown) => {
    if (error instanceof LabError) return error
    throw error
  })
  if (runs instanceof LabError) return problem('leftovers', runs.message, runs.hint, runs.exitCode === 3 ? 3 : 2)
  const left = runs.flatMap(leftOf)
  return left.length === 0
    ? ok('leftovers', "nothing is left of this folder's runs")
    : warning(
        'leftovers',
        `earlier runs left ${countedTypes(left)}`,
        'lab status lists them, lab teardown removes them',
      )
}

/** A run under way, or a lock whose holder is gone. */
export async function folderLock(labFolder: string): Promise<Finding> {
  const holder = await holderOf(labFolder)
  if (holder === null) return ok('lock', 'no other run is under way in this folder')
  const { pid, host, alive } = holder
  if (alive === true) return warning('lock', `process ${pid} runs labs in this folder`, 'a second run waits for it')
  return alive === false
    ? warning('lock', `process ${pid} held this folder and is gone`, 'nothing to do: the next run takes the lock over')
    : warning('lock', `process ${pid} of ${host} holds this folder`, 'if it is gone, its lock ends by itself in 30 s')
}
