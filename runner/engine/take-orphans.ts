import type { Undone } from '../steps/step-kind.ts'
import { NotFoundYet, type Watched } from './not-found-yet.ts'
import type { EngineOptions } from './options.ts'
import type { Orphan } from './orphans.ts'
import { isLast, pauseAfter } from './rounds.ts'
import { thingKey } from './runs.ts'
import { Stage } from './stage.ts'
import { left } from './undo.ts'

/** What came of an orphan; null: it was not reached. */
export interface Taken {
  orphan: Orphan
  undone: Undone | null
}

/**
 * Takes orphans back in the order given; what stays is tried again with a pause, as in a teardown, for what went later may have stood in its
 * way. Whatever goes wrong is an answer.
 *
 * @param options their target is the one that is acted on
 * @param done told as each of them is done with
 */
export async function takeOrphans(
  orphans: readonly Orphan[],
  options: EngineOptions & { dryRun: boolean },
  done: (taken: Taken) => void,
): Promise<void> {
  const { target, signal, dryRun } = options
  const { eventual } = target
  const notFound = new NotFoundYet(eventual && !dryRun, options.notFoundFor)
  const begun = performance.now()
  for (let round = 1, todo = orphans; todo.length > 0; round += 1) {
    const stayed: Taken[] = []
    for (const orphan of todo) {
      if (signal.aborted) {
        stayed.push({ orphan, undone: null })
        continue
      }
      const { account, resource, createdAt } = orphan
      const thing = thingKey(account, resource)
      const undone = await notFound.try(thing, createdAt, watched => takeOne(orphan, options, watched))
      if (undone.result === 'left') stayed.push({ orphan, undone })
      else done({ orphan, undone })
    }
    const answers = stayed.flatMap(({ undone }) => undone ?? [])
    const asked = { round, begun, eventual, notFound, stayed: answers, progress: stayed.length < todo.length }
    if (signal.aborted || dryRun || isLast(asked)) {
      for (const each of stayed) done(each)
      return
    }
    todo = stayed.map(({ orphan }) => orphan)
    if (todo.length > 0) await pauseAfter(asked, options)
  }
}

async function takeOne(
  { kind, fields, resource, runId, lab, account }: Orphan,
  options: EngineOptions,
  watched: Watched,
): Promise<Undone> {
  try {
    const stage = new Stage({ ...options, runId, suffix: '', credentialsFile: '' })
    const context = watched(stage.accountContext(lab, stage.ownerOf(account)))
    const record = { runId, resource, before: null, remember: null }
    return (await kind.prepare(fields).undo?.(context, record)) ?? left('nothing takes it back')
  } catch (error) {
    return left((error as Error).message)
  }
}
