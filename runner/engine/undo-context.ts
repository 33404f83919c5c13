import { environmentError } from '../lab-error.ts'
import type { StepContext } from '../steps/step-kind.ts'
import type { EngineOptions } from './options.ts'
import type { Change, PastRun } from './runs.ts'
import { credentialsOf } from './runs.ts'
import { Stage } from './stage.ts'

/** The context in which a change of a past run is taken back: its own run id and profile file, the lab's caller. */
export function undoContext(options: EngineOptions): (change: Change, run: PastRun) => StepContext {
  return (change, run) => {
    const { runId } = run.start
    const stage = new Stage({ ...options, runId, suffix: '', credentialsFile: credentialsOf(run.folder) })
    const { account = run.start.accountId } = change
    const owner = stage.ownerOf(account)
    if (!owner)
      throw environmentError(
        `it is in account ${account}, and no identity of labs.yaml is`,
        'configure the profile of that identity, then tear down again',
      )
    return stage.accountContext(change.lab, owner)
  }
}
