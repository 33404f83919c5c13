import type { Outcome } from '../../assertions/index.ts'
import { type OutputShape, operationTable, type Step } from '../definition/index.ts'
import { outputOf } from '../steps/answers.ts'
import type { Aws, Done } from '../steps/step-kind.ts'
import { dryReplace } from './dry-replace.ts'
import type { Emit } from './events.ts'
import { guardPlan } from './guard-changes.ts'
import { keptBack } from './kept-back.ts'
import { missingIdentity } from './missing-identity.ts'
import type { RunOptions } from './options.ts'
import { type PlannedLab, planLabs } from './plan.ts'
import { isUntil } from './run-lab.ts'
import { checkUntil } from './run-labs.ts'
import { Stage } from './stage.ts'

/**
 * What a run would send, call by call, without sending any: the steps are the same, only the client keeps every call back and answers what
 * AWS would answer in shape. What is not known before a step has run stands as `<after STEP>`. Where an earlier run left something, it is read
 * what is there of it, and each call is told that takes it back or takes it over.
 *
 * @returns how many calls would be sent
 * @throws LabError (usage) for a step of --until that there is not
 */
export async function dryRun(options: RunOptions): Promise<number> {
  const { target, emit, asked, overrides, until } = options
  checkUntil(options)
  guardPlan(options)
  const suffix = options.isolate ? '-RUN' : ''
  const planned = planLabs(options.labs, { asked, overrides, suffix })
  emit({ type: 'run', runId: null, target: target.name, accountId: target.place.account, region: target.place.region })
  const shapes = await operationTable()
  let step = ''
  let calls = 0
  const counted: Emit = event => {
    if (event.type === 'would-send') calls += 1
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
  const tell = async (each: PlannedLab, one: Step): Promise<Done> => {
    step = one.id
    const { kind, prepared } = stage.prepare(each, one)
    emit({ type: 'step', lab: each.lab.id, step: one.id, kind: kind.kind, title: prepared.title, as: one.as })
    // What touches only this machine, or runs a program, is not done; there is no call to tell.
    if (prepared.actions.length === 0 && prepared.effect !== 'session') return { outcome: nothing }
    const actor = stage.actor(each, one) ?? keepBack(`<${one.as}>`)
    const { outcome, identity } = await prepared.run(stage.context(each, actor))
    stage.keepOutput(each.lab.id, one.id, outputOf(outcome))
    const made = {
      arn: identity?.arn ?? after(one.id),
      credentials: { accessKeyId: after(one.id), secretAccessKey: after(one.id) },
    }
    if (one.identity) stage.keepIdentity(each.lab.id, one.identity, made)
    return { outcome }
  }
  const replaced = await dryReplace({ ...options, emit: counted }, { stage, tell })
  for (const each of planned) {
    const { lab } = each
    const steps = lab.groups.flat()
    const kinds = steps.map(({ id, kind }) => ({ id, kind }))
    emit({ type: 'lab', id: lab.id, title: lab.title, setUp: each.setUp, steps: kinds })
    const missing = missingIdentity(target, each)
    if (missing) emit({ type: 'note', text: `would be skipped: ${missing}` })
    const adopted = missing ? false : await replaced(each)
    const player = options.players?.get(lab.id)
    if (player && !missing) await player.rehearse(stage, each, counted)
    const last = lab.groups.findIndex(group => group.some(one => isUntil(each, one, until)))
    if (!player && !missing && !adopted)
      for (const one of last < 0 ? steps : lab.groups.slice(0, last + 1).flat()) await tell(each, one)
    if (last >= 0) break
  }
  if (options.teardown) emit({ type: 'note', text: 'would then take back all that it made (--teardown)' })
  return calls
}

const nothing: Outcome = { outcome: 'allowed', output: {}, httpStatus: null, requestId: null }

export const after = (step: string): string => `<after ${step}>`

/** An output of the operation's shape in which every value says after which step it will be known. */
export function placeholder(shape: OutputShape, text: string): unknown {
  if (shape === 1 || shape === 2) return text
  if (Array.isArray(shape)) return [placeholder(shape[0] as OutputShape, text)]
  return Object.fromEntries(
    Object.entries(shape).map(([member, inner]) => [member, placeholder(inner as OutputShape, text)]),
  )
}
