import type { Finding } from '../../check/finding.ts'
import type { PlannedLab } from '../../engine/plan.ts'
import { redactText } from '../../engine/redact.ts'
import { skippedStep } from '../../engine/report-step.ts'
import { isUntil, type LabRun, type LabRunOptions } from '../../engine/run-lab.ts'
import type { Stage } from '../../engine/stage.ts'
import { environmentError } from '../../lab-error.ts'
import type { Page, PageCommand } from '../parse/page.ts'
import type { Drift } from '../update/drift.ts'
import { rewritePage } from '../update/rewrite-page.ts'
import type { PageShell } from './page-shell.ts'
import { pageVariables } from './page-variables.ts'
import { playCommand } from './play-command.ts'

export interface PageToPlay {
  page: Page
  /** Variables that an absent page would have set. */
  env: Readonly<Record<string, string>>
  needs: readonly string[]
  /** true: nobody has said what it needs. */
  inferred: boolean
}

export interface Play {
  shell: PageShell
  stage: Stage
  planned: PlannedLab
  options: LabRunOptions
  findings: readonly Finding[]
  update: boolean
}

/** Runs a page's commands in order. One that fails ends the page, unless all that failed is that it did not print what the page shows. */
export async function playPage(played: PageToPlay, play: Play): Promise<LabRun> {
  const { page } = played
  const { shell, stage, planned, options, update } = play
  const { emit, signal, failFast, until } = options
  await shell.session.run(pageVariables(stage, planned, played.env), 10_000)
  for (const text of notesBefore(played, play)) emit({ type: 'note', text })
  const reports: LabRun['reports'] = []
  const drifts: Drift[] = []
  const steps = planned.lab.groups.flat()
  let reason: string | null = null
  let stopped = false
  let reachedUntil = false
  for (const [index, command] of page.commands.filter(({ mode }) => mode !== 'skip').entries()) {
    const step = steps[index]
    if (!step) break
    if (signal.aborted) {
      reason ??= 'interrupted'
      stopped = true
    }
    if (reason !== null) {
      const report = skippedStep(stage, step, reason)
      emit({ type: 'step-done', lab: planned.lab.id, report, detail: reason })
      reports.push(report)
      continue
    }
    const { report, notes, actual, drift, stops } = await playCommand(stage, { shell, planned, step, command, emit })
    if (drift !== null && command.output && update) {
      drifts.push({ block: command.output, text: drift })
      report.status = 'passed'
      report.hint = 'the page says now what came'
    }
    if (report.status === 'failed') report.hint ??= hintFor(play, page, command)
    reports.push(report)
    emit({ type: 'step-done', lab: planned.lab.id, report, detail: null, actual: redactText(actual, stage.secrets) })
    for (const text of notes) emit({ type: 'note', text: `${report.file}:${report.line}: ${text}` })
    if (stops) {
      stopped = true
      reason = `\`${step.id}\` did not come to be`
    } else if (failFast && report.status !== 'passed') reason = 'stopped at the first failure'
    else if (isUntil(planned, step, until)) {
      reachedUntil = true
      reason = `after \`${until}\``
    }
  }
  if (drifts.length > 0) await rewrite(page, drifts, play)
  return { reports, stopped, reachedUntil }
}

/** What a run has to do with: of the other findings `lab check` tells. */
const isTold = ({ rule }: Finding): boolean => rule === 'page-unmade-name' || rule === 'page-unset-variable'

const wordsFor = ({ message, hint }: Finding): string => `${message}${hint === null ? '' : `: ${hint}`}`

function notesBefore({ page, needs, inferred }: PageToPlay, { stage, findings }: Play): string[] {
  const file = stage.shown(page.file)
  const skipped = page.commands.filter(({ mode }) => mode === 'skip')
  return [
    ...(inferred && needs.length > 0
      ? [`${needs.join(', ')} came first: the page uses what it makes, and does not say that it needs it`]
      : []),
    ...(page.commands.length === 0 ? [`${file} has no commands`] : []),
    ...skipped.map(({ line, reason }) => `${file}:${line}: left out: ${reason}`),
    ...findings
      .filter(found => isTold(found) && found.place.file === page.file)
      .map(found => `${file}:${found.place.line}: ${wordsFor(found)}`),
  ]
}

/** What the rules found up to a command: the last of it explains best why it failed. */
function hintFor({ findings, stage }: Play, page: Page, command: PageCommand): string | null {
  const last = command.line + command.text.split('\n').length - 1
  const found = findings.findLast(each => isTold(each) && each.place.file === page.file && each.place.line <= last)
  return found ? `${stage.shown(page.file)}:${found.place.line}: ${wordsFor(found)}` : null
}

async function rewrite(page: Page, drifts: readonly Drift[], { stage, options }: Play): Promise<void> {
  const file = stage.shown(page.file)
  try {
    await rewritePage(page, drifts)
  } catch (error) {
    throw environmentError(`${file} is not rewritten: ${(error as Error).message}`)
  }
  for (const { block } of drifts)
    options.emit({ type: 'note', text: `${file}:${block.firstLine}: the output block is rewritten` })
}
