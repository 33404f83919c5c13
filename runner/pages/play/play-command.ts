import type { StepReport } from '../../../assertions/index.ts'
import type { Step } from '../../definition/index.ts'
import type { Emit } from '../../engine/events.ts'
import { changeRefused } from '../../engine/guard-changes.ts'
import type { PlannedLab } from '../../engine/plan.ts'
import { redactText } from '../../engine/redact.ts'
import { reportStep } from '../../engine/report-step.ts'
import type { Stage } from '../../engine/stage.ts'
import type { PageCommand } from '../parse/page.ts'
import { driftOf } from '../update/drift.ts'
import { askUntilShown } from './ask-until-shown.ts'
import { commandStatus } from './command-outcome.ts'
import { pageKind } from './page-lab.ts'
import type { PageShell } from './page-shell.ts'

export interface PlayedCommand {
  shell: PageShell
  planned: PlannedLab
  step: Step
  command: PageCommand
  emit: Emit
}

export interface CommandPlayed {
  report: StepReport
  /** What the author should know, whether it passed or not. */
  notes: string[]
  /** What came of it, in short words. */
  actual: string
  /** What its output block would have to say; null: what it says, or what came is of another kind. */
  drift: string | null
  /** true: what comes after it in the page has nothing to stand on. */
  stops: boolean
}

/**
 * Runs one command of a page, and judges what it printed by what the page shows.
 *
 * @throws LabError with exit code 5 where it would have changed somebody else's account
 */
export async function playCommand(stage: Stage, played: PlayedCommand): Promise<CommandPlayed> {
  const { shell, planned, step, command, emit } = played
  const begun = performance.now()
  const replaced = await shell.outside.before(command)
  const title = titleOf(command.text)
  const as = /--profile[ =]["']?([\w.-]+)/.exec(command.text)?.[1] ?? null
  emit({ type: 'step', lab: planned.lab.id, step: step.id, kind: pageKind, title, as })
  const { result, printed, verdict, attempts, waitedMs } = await askUntilShown(stage, played, begun)
  await shell.outside.after()
  // Whatever the page made of it: a guard's refusal is not the page's to pass over.
  const strange = shell.calls.made.find(({ stranger }) => stranger !== null)
  if (strange?.stranger) throw changeRefused(stage, step, strange.stranger)
  const { outcome } = printed
  const status = commandStatus(outcome, verdict, stage.target.caller.arn)
  const overwritten = await shell.scratch.overwritten()
  const notes = overwritten.map(file => `${step.id} overwrites ${file}: what a reader has in it is lost`)
  notes.push(...replaced.map(file => `${step.id} overwrites ${file}, which was there before: it stays so`))
  if (result.end === 'ended') notes.push(`${step.id} ends the reader’s shell`)
  const report = reportStep(stage, {
    step: { ...step, as, hint: notes[0] ?? null },
    kind: pageKind,
    title,
    status,
    begun,
    outcome,
    verdict,
    attempts,
    waitedMs,
  })
  const { output } = command
  const drift = status === 'failed' && output ? driftOf(output, printed, stage.target.place.account) : null
  const changed = shell.calls.made.some(({ effect }) => effect === 'changes')
  return {
    report,
    notes,
    actual: verdict.actual,
    drift: drift === null ? null : redactText(drift, stage.secrets),
    stops: status !== 'passed' && (output === null || (changed && outcome.outcome !== 'allowed')),
  }
}

const longestTitle = 60

/** The first line of a command, as far as it fits. */
export function titleOf(text: string): string {
  const line = text.replace(/\s*\\\n\s*/g, ' ').split('\n')[0] ?? ''
  return line.length > longestTitle ? `${line.slice(0, longestTitle - 1)}…` : line
}
