import type { LabReport, Report, StepReport } from '../../assertions/index.ts'
import { escaped, oneLine } from '../words/clean-text.ts'
import { durationWords } from '../words/duration.ts'
import { criticalPath } from './critical-path.ts'
import { statusMark, stepLink } from './marks.ts'
import { type Span, spanOf, ticksOf } from './time-span.ts'

/** When each step began, how long it took, how much of that was waiting until a change had spread, and which steps the length was made of. */
export function timeline(report: Report): string {
  const labs = report.labs.filter(lab => lab.steps.some(wasRun))
  if (labs.length === 0) return ''
  const span = spanOf(report)
  const ticks = ticksOf(span.length)
  // Further right its words would leave the column.
  const scale = ticks
    .filter(at => at <= span.length * 0.9)
    .map(at => `<span style="left:${percent(at, span)}%">${at === 0 ? '0' : durationWords(at)}</span>`)
  const every = ticks[1] === undefined ? 100 : (ticks[1] / span.length) * 100
  const path = pathToMark(report)
  const waited = labs.flatMap(lab => lab.steps).reduce((total, step) => total + step.waitedMs, 0)
  const told =
    waited === 0
      ? 'No step had to wait for a change to spread.'
      : `${durationWords(waited)} of it went by until changes had spread.`
  return `<section aria-labelledby="time">
<h2 id="time">Timeline</h2>
<p><span class="key"><span class="bar" aria-hidden="true"></span> asking</span> <span class="key"><span class="bar waited" aria-hidden="true"></span> waiting until a change had spread</span> ${path.size === 0 ? '' : '<span class="key"><span class="critical">●</span> on the critical path: what the time as a whole was made of</span> '}<span class="faint">${told}</span></p>
<div class="wide" role="group" tabindex="0" aria-labelledby="time">
<table class="timeline" style="--tick:${every.toFixed(3)}%">
<thead><tr><th scope="col">step</th><th scope="col" class="track"><span class="scale" aria-hidden="true">${scale.join('')}</span><span class="hidden">when</span></th><th scope="col" class="number">began at</th><th scope="col" class="number">took</th><th scope="col">waiting</th></tr></thead>
${labs.map(lab => labRows(lab, span, path)).join('')}</table>
</div>
</section>
`
}

/** Nothing, where every step is on it: of steps that come one after another a mark tells nothing. */
function pathToMark(report: Report): ReadonlySet<StepReport> {
  const path = criticalPath(report)
  const run = report.labs.flatMap(lab => lab.steps).filter(wasRun)
  return path.size < run.length ? path : new Set()
}

const wasRun = ({ status }: StepReport): boolean => status !== 'skipped'

function labRows(lab: LabReport, span: Span, path: ReadonlySet<StepReport>): string {
  const rows = lab.steps.filter(wasRun).map(step => stepRow(lab, step, span, path.has(step)))
  return `<tbody>\n<tr class="group"><th scope="rowgroup" colspan="5">${escaped(oneLine(lab.id))}</th></tr>\n${rows.join('')}</tbody>\n`
}

function stepRow({ id: lab }: LabReport, step: StepReport, span: Span, critical: boolean): string {
  const { id, status, durationMs, waitedMs, attempts, startedAt } = step
  const began = Math.max(0, Date.parse(startedAt) - span.start)
  const left = percent(began, span)
  const waitedBar =
    waitedMs === 0 ? '' : `<span class="bar waited" style="width:${percent(waitedMs, span)}%;left:${left}%"></span>`
  const askedFrom = percent(began + waitedMs, span)
  const bar = `<span class="bar ${status}" style="width:${percent(durationMs - waitedMs, span)}%;left:${askedFrom}%"></span>`
  const asked = attempts > 1 ? `asked ${attempts} times` : ''
  const waiting = [waitedMs > 0 ? `waited ${durationWords(waitedMs)}` : '', asked]
    .filter(word => word !== '')
    .join(', ')
  const sign = status === 'passed' ? '' : `${statusMark(status)} `
  const dot = critical ? ' <span class="critical" role="img" aria-label="on the critical path">●</span>' : ''
  return `<tr><th scope="row">${sign}${stepLink(lab, id)}${dot}</th><td class="track" aria-hidden="true">${waitedBar}${bar}</td><td class="number">${durationWords(began)}</td><td class="number">${durationWords(durationMs)}</td><td>${waiting}</td></tr>\n`
}

const percent = (milliseconds: number, { length }: Span): string => ((milliseconds / length) * 100).toFixed(2)
