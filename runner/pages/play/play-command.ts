import type { StepReport } from '../../../assertions/index.ts'
import { reportStep } from '../../engine/report-step.ts'
import type { Stage } from '../../engine/stage.ts'
import { judgeOutput } from '../compare/judge-output.ts'
import { secretsNamed } from '../shim/secret-words.ts'
import { commandOutcome, commandStatus } from './command-outcome.ts'
import { pageKind } from './page-lab.ts'
import type { PlayedCommand } from './page-player.ts'

/** Longest time of a command for which the page says nothing else, in milliseconds. */
const patience = 5 * 60_000

export interface CommandPlayed {
  report: StepReport
  /** What the author should know, whether it passed or not. */
  notes: string[]
  /** What came of it, in short words. */
  actual: string
}

/** Runs one command of a page, and judges what it printed by what the page shows. */
export async function playCommand(stage: Stage, played: PlayedCommand): Promise<CommandPlayed> {
  const { shell, planned, step, command, emit } = played
  const { session, calls, scratch } = shell
  const begun = performance.now()
  const title = titleOf(command.text)
  const as = /--profile[ =]["']?([\w.-]+)/.exec(command.text)?.[1] ?? null
  emit({ type: 'step', lab: planned.lab.id, step: step.id, kind: pageKind, title, as })
  calls.current = { planned, step }
  calls.made = []
  const timeout = command.timeout ?? patience
  const text = command.mode === 'background' ? `{ ${command.text}\n} &` : command.text
  const result = await session.run(text, timeout)
  const { stdout, stderr } = result
  for (const secret of [...secretsNamed(`${stdout}\n${stderr}`), ...(await scratch.secrets())])
    stage.secrets.add(secret)
  const outcome = commandOutcome(command.text, result, timeout)
  const shown = command.mode === 'background' ? null : (command.output?.text ?? null)
  const verdict = judgeOutput(shown, { outcome, exitCode: result.exitCode, stdout, stderr })
  const status = commandStatus(outcome, verdict, stage.target.caller.arn)
  const overwritten = await scratch.overwritten()
  const notes = overwritten.map(file => `${step.id} overwrites ${file}: what a reader has in it is lost`)
  if (result.end === 'ended') notes.push(`${step.id} ends the reader’s shell`)
  const report = reportStep(stage, {
    step: { ...step, as, hint: notes[0] ?? null },
    kind: pageKind,
    title,
    status,
    begun,
    outcome,
    verdict,
    attempts: 1,
  })
  return { report, notes, actual: verdict.actual }
}

const longestTitle = 60

/** The first line of a command, as far as it fits. */
export function titleOf(text: string): string {
  const line = text.replace(/\s*\\\n\s*/g, ' ').split('\n')[0] ?? ''
  return line.length > longestTitle ? `${line.slice(0, longestTitle - 1)}…` : line
}
