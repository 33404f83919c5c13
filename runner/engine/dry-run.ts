import type { Outcome } from '../../assertions/index.ts'
import { type OutputShape, operationTable } from '../definition/index.ts'
import { outputOf } from '../steps/answers.ts'
import type { Aws } from '../steps/step-kind.ts'
import { comparable } from './earlier.ts'
import type { Emit } from './events.ts'
import { keptBack } from './kept-back.ts'
import type { RunOptions } from './options.ts'
import { planLabs } from './plan.ts'
import { pastRuns } from './runs.ts'
import { Stage } from './stage.ts'
import { newestFirst } from './undo.ts'

/**
 * What a run would send, call by call, without sending any: the steps are the same, only the client keeps every call back and answers what
 * AWS would answer in shape. What is not known before a step has run stands as `<after STEP>`.
 *
 * @returns how many calls would be sent
 */
export async function dryRun(options: RunOptions): Promise<number> {
  const { target, emit, labFolder, asked, overrides } = options
  const suffix = options.isolate ? '-RUN' : ''
  const planned = planLabs(options.labs, { asked, overrides, suffix })
  emit({ type: 'run', runId: null, target: target.name, accountId: target.place.account, region: target.place.region })
  const earlier = options.isolate ? [] : comparable(await pastRuns(labFolder), target)
  for (const { change } of newestFirst(earlier, each => asked.includes(each.lab)))
    if (change.resource)
      emit({
        type: 'note',
        text: `would first take back ${change.resource.type} ${change.resource.name} of run ${change.runId}`,
      })
  const shapes = await operationTable()
  let step = ''
  let calls = 0
  const counted: Emit = event => {
    calls += 1
    emit(event)
  }
  const keepBack = (arn: string): Aws => ({
    arn,
    exchange: keptBack(arn, counted),
    credentials: async () => ({ accessKeyId: after(step), secretAccessKey: after(step) }),
    call: async (operation, input): Promise<Outcome> => {
      counted({ type: 'would-send', operation, input, as: arn })
      const shape = shapes[operation]?.output ?? {}
      return { outcome: 'allowed', output: placeholder(shape, after(step)), httpStatus: null, requestId: null }
    },
  })
  const stage = new Stage({
    ...options,
    target: {
      ...target,
      caller: keepBack(target.caller.arn),
      identities: new Map([...target.identities].map(([name, aws]) => [name, keepBack(aws.arn)])),
      as: (_, arn) => keepBack(arn),
    },
    runId: 'RUN',
    suffix,
    credentialsFile: '<the run’s own profile file>',
  })
  for (const each of planned) {
    const steps = each.lab.groups.flat()
    emit({
      type: 'lab',
      id: each.lab.id,
      title: each.lab.title,
      setUp: each.setUp,
      steps: steps.map(({ id, kind }) => ({ id, kind })),
    })
    const player = options.players?.get(each.lab.id)
    if (player) await player.rehearse(stage, each, counted)
    for (const one of player ? [] : steps) {
      step = one.id
      const { kind, prepared } = stage.prepare(each, one)
      emit({ type: 'step', lab: each.lab.id, step: one.id, kind: kind.kind, title: prepared.title, as: one.as })
      // What touches only this machine, or runs a program, is not done; there is no call to tell.
      if (prepared.actions.length === 0 && prepared.effect !== 'session') continue
      const actor = stage.actor(each, one) ?? keepBack(`<${one.as}>`)
      const { outcome, identity } = await prepared.run(stage.context(each, actor))
      stage.keepOutput(each.lab.id, one.id, outputOf(outcome))
      if (one.identity)
        stage.keepIdentity(each.lab.id, one.identity, {
          arn: identity?.arn ?? after(one.id),
          credentials: { accessKeyId: after(one.id), secretAccessKey: after(one.id) },
        })
    }
  }
  return calls
}

export const after = (step: string): string => `<after ${step}>`

/** An output of the operation's shape in which every value says after which step it will be known. */
export function placeholder(shape: OutputShape, text: string): unknown {
  if (shape === 1 || shape === 2) return text
  if (Array.isArray(shape)) return [placeholder(shape[0] as OutputShape, text)]
  return Object.fromEntries(
    Object.entries(shape).map(([member, inner]) => [member, placeholder(inner as OutputShape, text)]),
  )
}
