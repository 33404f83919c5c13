import type { StepReport } from '../../../assertions/index.ts'
import type { ContextValue, LayerVerdict } from '../../../policy/index.ts'
import type { Lab } from '../../definition/index.ts'
import { usageError } from '../../lab-error.ts'
import { comparable } from '../earlier.ts'
import { readQuestion } from '../evaluate.ts'
import { checksOf } from '../foresee.ts'
import type { EngineOptions } from '../options.ts'
import { type PlannedLab, planLabs } from '../plan.ts'
import { Unread } from '../read-policies.ts'
import { pastRuns } from '../runs.ts'
import type { Situation } from './edit.ts'
import { labDocuments } from './lab-documents.ts'
import { laterChanges } from './later-changes.ts'
import { lastWith, type Reported, stepIn, withReports } from './past-reports.ts'
import { preparedOrNull, type Restaged, restage } from './restage.ts'
import { tellWhy } from './tell-why.ts'
import type { Why, WhyCheck } from './why.ts'

/** What a sandbox recorded of one request. */
export interface Recorded {
  caller: string | null
  checks: readonly RecordedCheck[]
}

export interface RecordedCheck extends WhyCheck {
  statements: readonly {
    policyType: NonNullable<WhyCheck['policyType']>
    policy: string
    index: number
    sid?: string | undefined
    effect: 'Allow' | 'Deny'
  }[]
  /** Of the layers that had a say. Absent: the record does not tell. */
  layers?: readonly LayerVerdict[] | undefined
}

export interface WhyOptions extends EngineOptions {
  /** The lab asked about and all that it needs, what is needed first. */
  labs: readonly Lab[]
  lab: string
  step: string
  /** null: the last run in which the step had an answer. */
  runId: string | null
  overrides: Readonly<Record<string, string>>
  /** The record of a request, where the target keeps one; null: it has none of it. */
  recorded: (requestId: string) => Promise<Recorded | null>
}

/**
 * Why a step of a past run had its outcome: the statement that decided, with its place, what each layer says, and the smallest change that
 * would turn it. Reads, and changes nothing.
 *
 * @throws LabError (usage) when the lab has no such step, or no run of this folder has an answer of it
 */
export async function askWhy(options: WhyOptions): Promise<Why> {
  const { lab, step: id, target, labFolder, runId } = options
  const runs = await pastRuns(labFolder)
  const chosenRun = runId === null ? null : runs.find(({ start }) => start.runId === runId)
  if (chosenRun === undefined) throw usageError(`this folder has no run \`${runId}\``, 'lab status lists the runs')
  const all = await withReports(chosenRun ? [chosenRun] : comparable(runs, target))
  const planned = planLabs(options.labs, { asked: [lab], overrides: options.overrides, suffix: suffixOf(chosenRun) })
  const found = planned.find(each => each.lab.id === lab)
  const step = found?.lab.groups.flat().find(each => each.id === id)
  if (!found || !step) throw noSuchStep(found, lab, id)
  const chosen = lastWith(all, lab, id)
  const report = chosen && stepIn(chosen.report, lab, id)
  if (!chosen || !report?.actual)
    throw usageError(`no run of this folder has an answer of \`${lab}/${id}\``, `lab run ${lab}`)
  // Of an isolated run nothing is comparable but the run itself.
  const reported = all.slice(0, all.indexOf(chosen) + 1)
  const restaged = await restage(options, planned, reported, chosen)
  const { requestId } = report.actual
  const recorded = requestId === null ? null : await options.recorded(requestId)
  const read = await situations(options, restaged, { planned: found, stepId: id, report, recorded, all, chosen })
  const documents = labDocuments(restaged.stage, planned)
  return tellWhy({ runId: chosen.run.start.runId, lab, report, recorded, documents, ...read })
}

const suffixOf = (run: { start: { runId: string; isolated: boolean } } | null): string =>
  run?.start.isolated ? `-${run.start.runId}` : ''

const noSuchStep = (planned: PlannedLab | undefined, lab: string, id: string) =>
  usageError(
    `the lab \`${lab}\` has no step \`${id}\``,
    `the steps are: ${planned?.lab.groups
      .flat()
      .map(each => `\`${each.id}\``)
      .join(', ')}`,
  )

interface Asked {
  planned: PlannedLab
  stepId: string
  report: StepReport
  recorded: Recorded | null
  all: readonly Reported[]
  chosen: Reported
}

interface Read {
  principal: string | null
  situations: Situation[]
  notes: string[]
}

/** Every check of the step with the policies that bear on it, as they are now without what was changed after the step. */
async function situations(options: WhyOptions, { stage, sessions }: Restaged, asked: Asked): Promise<Read> {
  const { planned, report, recorded, stepId } = asked
  const notes: string[] = []
  const step = planned.lab.groups.flat().find(each => each.id === stepId)
  if (!step) throw new TypeError(`there is no step ${stepId}`)
  const prepared = preparedOrNull(stage, planned, step)
  const actor = stage.actor(planned, step)
  const denial = report.actual?.denial ?? null
  const principal = recorded?.caller ?? denial?.principal ?? (actor?.arn || null)
  if (principal === null) return { principal, situations: [], notes: ['who made the call is not known'] }
  const checks = new Map<string, { action: string; resource: string }>()
  const add = (action: string, resource: string) => checks.set(`${action} ${resource}`, { action, resource })
  for (const { action, resource } of recorded?.checks ?? []) add(action, resource)
  for (const { action, resource } of prepared ? checksOf(prepared, stage.context(planned, actor)) : [])
    add(action, resource)
  if (checks.size === 0 && denial?.action && denial.resource && /^(?:arn:|\*$)/.test(denial.resource))
    add(denial.action, denial.resource)
  const { without, repositoryPolicies } = laterChanges(asked.all, asked.chosen, planned.lab.id, stepId)
  const read: Situation[] = []
  for (const { action, resource } of checks.values()) {
    try {
      const question = await readQuestion(account => stage.ownerOf(account), {
        actor: { arn: principal },
        session: sessions.get(principal) ?? null,
        ...{ action, resource, without, region: options.target.place.region },
        repositoryPolicy: repositoryPolicies.get(resource.split(':repository/')[1] ?? ''),
      })
      const context: Record<string, ContextValue> = {
        ...question.request.context,
        ...prepared?.brings,
        ...local(options),
      }
      read.push({ ...question, request: { ...question.request, context } })
    } catch (error) {
      if (!(error instanceof Unread)) throw error
      notes.push(`the policies for \`${action}\` could not be read: ${error.message}`)
    }
  }
  return { principal, situations: read, notes: [...new Set(notes)] }
}

/** On this machine the network address is known. */
const local = ({ target }: WhyOptions): Record<string, ContextValue> =>
  target.endpoint?.includes('//127.0.0.1') ? { 'aws:SourceIp': '127.0.0.1' } : {}
