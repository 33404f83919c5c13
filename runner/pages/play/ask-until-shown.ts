import { setTimeout } from 'node:timers/promises'
import type { Verdict } from '../../../assertions/index.ts'
import { redactText } from '../../engine/redact.ts'
import type { Stage } from '../../engine/stage.ts'
import { judgeOutput, type Printed } from '../compare/judge-output.ts'
import type { CommandResult } from '../session/bash-session.ts'
import { secretsNamed } from '../shim/secret-words.ts'
import { commandOutcome } from './command-outcome.ts'
import type { PlayedCommand } from './play-command.ts'

/** Longest time of a command for which the page says nothing else, in milliseconds. */
const patience = 5 * 60_000

export interface Asked {
  result: CommandResult
  printed: Printed
  verdict: Verdict
  attempts: number
  /** Until the answer that the page shows came, milliseconds. */
  waitedMs: number
}

/**
 * Runs a command. On a target whose changes take time to be seen it is run again until what the page shows has come, at most for the time of
 * `within`, as long as it changes nothing: it has called the CLI for reads and sessions alone, and adds to no file.
 */
export async function askUntilShown(stage: Stage, played: PlayedCommand, begun: number): Promise<Asked> {
  const { planned, step, emit } = played
  const { within } = stage.options.catalogue.timings
  for (let attempts = 1; ; attempts += 1) {
    const asked = await askOnce(stage, played)
    const elapsedMs = performance.now() - begun
    const { verdict } = asked
    const again = stage.target.eventual && !verdict.passed && elapsedMs < within && changesNothing(played)
    if (!again || asked.result.end !== 'done' || stage.options.signal.aborted)
      return { ...asked, attempts, waitedMs: attempts === 1 ? 0 : elapsedMs }
    const last = redactText(verdict.actual, stage.secrets)
    emit({ type: 'waiting', lab: planned.lab.id, step: step.id, attempts, elapsedMs, last })
    await setTimeout(Math.min(4_000, 250 * 1.5 ** attempts), undefined, { signal: stage.options.signal }).catch(
      () => undefined,
    )
  }
}

const changesNothing = ({ shell, command }: PlayedCommand): boolean =>
  shell.calls.made.length > 0 &&
  shell.calls.made.every(({ effect }) => effect !== 'changes') &&
  command.mode === 'run' &&
  !/>>|\b(rm|mv|docker|curl)\b/.test(command.text)

async function askOnce(stage: Stage, { shell, planned, step, command }: PlayedCommand) {
  const { session, calls, scratch } = shell
  calls.current = { planned, step }
  calls.made = []
  const timeout = command.timeout ?? patience
  const inBackground = command.mode === 'background'
  const result = await session.run(inBackground ? `{ ${command.text}\n} &` : command.text, timeout)
  const { stdout, stderr, exitCode } = result
  const secrets = [...secretsNamed(`${stdout}\n${stderr}`), ...(await scratch.secrets())]
  for (const secret of secrets) stage.secrets.add(secret)
  const printed: Printed = { outcome: commandOutcome(command.text, result, timeout), exitCode, stdout, stderr }
  return { result, printed, verdict: judgeOutput(inBackground ? null : (command.output?.text ?? null), printed) }
}
