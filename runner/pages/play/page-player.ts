import { dirname, join } from 'node:path'
import type { Finding } from '../../check/finding.ts'
import type { Step } from '../../definition/index.ts'
import { resolveTemplates } from '../../definition/index.ts'
import type { LabPlayer } from '../../engine/options.ts'
import type { PlannedLab } from '../../engine/plan.ts'
import { redactText } from '../../engine/redact.ts'
import { skippedStep } from '../../engine/report-step.ts'
import { isUntil, type LabRun, type LabRunOptions } from '../../engine/run-lab.ts'
import type { Stage } from '../../engine/stage.ts'
import type { Page, PageCommand } from '../parse/page.ts'
import { outsideFiles, removeFiles } from './outside-files.ts'
import { PageShell } from './page-shell.ts'
import { playCommand } from './play-command.ts'

/** The pages of a run: one shell for all of them, from the first command to the end of the run. */
export class PagePlayers {
  #shell: Promise<PageShell> | null = null
  readonly #findings: readonly Finding[]
  readonly #outside: string[] = []

  /** @param findings what the rules find in the pages: said beside what the run finds */
  constructor(findings: readonly Finding[]) {
    this.#findings = findings
  }

  /** @param env variables that an absent page would have set */
  player({ page, env }: { page: Page; env: Readonly<Record<string, string>> }): LabPlayer {
    return {
      things: page.commands.filter(({ text, mode }) => mode !== 'skip' && /\baws\s+\w+\s+create-/.test(text)).length,
      play: (stage, planned, options) => this.#play(page, env, { stage, planned, options }),
      rehearse: async () => undefined,
    }
  }

  /** Ends the shell, and takes away its home. */
  async close(): Promise<void> {
    await (await this.#shell?.catch(() => null))?.close()
    await removeFiles(this.#outside)
  }

  /** What the rules found up to a command: the last of it explains best why it failed. */
  #hintFor(stage: Stage, page: Page, command: PageCommand): string | null {
    const last = command.line + command.text.split('\n').length - 1
    const found = this.#findings.findLast(
      each => isTold(each) && each.place.file === page.file && each.place.line <= last,
    )
    return found ? `${stage.shown(page.file)}:${found.place.line}: ${wordsFor(found)}` : null
  }

  async #play(page: Page, env: Readonly<Record<string, string>>, { stage, planned, options }: Play): Promise<LabRun> {
    const { emit, signal, failFast, until } = options
    this.#shell ??= PageShell.open(
      stage,
      planned,
      options.journal,
      join(dirname(stage.options.credentialsFile), 'page'),
    )
    const shell = await this.#shell
    this.#outside.push(...outsideFiles(page))
    await shell.scratch.addProfiles(stage.options.credentialsFile)
    await shell.session.run(exportsOf({ ...variablesOf(stage, planned), ...env }), 10_000)
    const reports: LabRun['reports'] = []
    let reason: string | null = null
    let stopped = false
    let reachedUntil = false
    const steps = planned.lab.groups.flat()
    if (steps.length === 0) emit({ type: 'note', text: `${stage.shown(page.file)} has no commands` })
    for (const found of this.#findings)
      if (isTold(found) && found.place.file === page.file)
        emit({ type: 'note', text: `${stage.shown(page.file)}:${found.place.line}: ${wordsFor(found)}` })
    for (const [index, command] of page.commands.entries()) {
      const step = steps[index]
      if (!step) break
      if (signal.aborted) {
        reason ??= 'interrupted'
        stopped = true
      }
      const skipped = reason ?? (command.mode === 'skip' ? command.reason : null)
      if (skipped !== null) {
        const report = skippedStep(stage, step, skipped)
        emit({ type: 'step-done', lab: planned.lab.id, report, detail: skipped })
        reports.push(report)
        continue
      }
      const { report, notes, actual } = await playCommand(stage, { shell, planned, step, command, emit })
      if (report.status === 'failed') report.hint ??= this.#hintFor(stage, page, command)
      reports.push(report)
      emit({ type: 'step-done', lab: planned.lab.id, report, detail: null, actual: redactText(actual, stage.secrets) })
      for (const text of notes) emit({ type: 'note', text: `${report.file}:${report.line}: ${text}` })
      if (report.status !== 'passed' && command.output === null) {
        stopped = true
        reason = `\`${step.id}\` did not come to be`
      } else if (failFast && report.status !== 'passed') reason = 'stopped at the first failure'
      else if (isUntil(planned, step, until)) {
        reachedUntil = true
        reason = `after \`${until}\``
      }
    }
    return { reports, stopped, reachedUntil }
  }
}

const isTold = ({ rule }: Finding): boolean => rule === 'page-unmade-name' || rule === 'page-unset-variable'

const wordsFor = ({ message, hint }: Finding): string => `${message}${hint === null ? '' : `: ${hint}`}`

interface Play {
  stage: Stage
  planned: PlannedLab
  options: LabRunOptions
}

export interface PlayedCommand {
  shell: PageShell
  planned: PlannedLab
  step: Step
  command: PageCommand
  emit: LabRunOptions['emit']
}

/** What the labs that a page needs give to the commands of a participant. */
function variablesOf(stage: Stage, planned: PlannedLab): Record<string, string> {
  const scope = stage.scope(planned)
  return Object.fromEntries(
    planned.needed.flatMap(lab =>
      Object.entries(lab.env).map(([name, value]) => [name, String(resolveTemplates(value, scope))]),
    ),
  )
}

const exportsOf = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`)
    .join('\n')
