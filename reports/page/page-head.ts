import type { Report, StepStatus } from '../../assertions/index.ts'
import { escaped, oneLine } from '../words/clean-text.ts'
import { durationWords } from '../words/duration.ts'
import { stepsOf } from '../words/step-words.ts'
import { pointsWords, statusMark } from './marks.ts'

const order: readonly StepStatus[] = ['passed', 'failed', 'error', 'blocked', 'skipped']

/** `13 of 15 steps as expected`. */
export function verdictWords(report: Report): string {
  const steps = stepsOf(report)
  const passed = steps.filter(({ step }) => step.status === 'passed').length
  return steps.length > 0 && passed === steps.length
    ? `All ${steps.length} ${steps.length === 1 ? 'step' : 'steps'} as expected`
    : `${passed} of ${steps.length} steps as expected`
}

/** The verdict, how the steps came out, and where and when it was. */
export function pageHead(report: Report): string {
  const steps = stepsOf(report).map(({ step }) => step)
  const counts = order
    .map(status => ({ status, count: steps.filter(step => step.status === status).length }))
    .filter(({ count }) => count > 0)
  const worst = counts.find(({ status }) => status !== 'skipped' && status !== 'passed')?.status ?? 'passed'
  const bar = counts.map(({ status, count }) => `<span class="${status}" style="flex-grow:${count}"></span>`)
  const legend = counts.map(({ status, count }) => `<li>${statusMark(status)} ${count}</li>`)
  const facts = factsOf(report).map(([name, value]) => `<div><dt>${name}</dt><dd>${escaped(oneLine(value))}</dd></div>`)
  return `<header class="head ${worst}">
<p class="brand">AccessLab ${escaped(report.tool.version)} · ${report.command}</p>
<h1>${verdictWords(report)}</h1>
${bar.length === 0 ? '' : `<div class="share" aria-hidden="true">${bar.join('')}</div>\n<ul class="legend">${legend.join('')}</ul>\n`}<dl class="facts">${facts.join('')}</dl>
</header>
`
}

function factsOf({ target, accountId, region, runId, startedAt, durationMs, exitCode, labs }: Report) {
  const graded = labs.filter(lab => !lab.setUp)
  const sum = (of: 'points' | 'maxPoints') => graded.reduce((total, lab) => total + (lab[of] ?? 0), 0)
  const points = graded.some(lab => lab.points === null) ? null : sum('points')
  const earned = pointsWords({ points, maxPoints: sum('maxPoints') })
  const facts: [string, string][] = [
    ['target', target],
    ['account', accountId],
    ['region', region],
    ['run', runId],
    ['started', `${startedAt.slice(0, 19).replace('T', ' ')} UTC`],
    ['took', durationWords(durationMs)],
    ...(earned === '' ? [] : [['points', earned] satisfies [string, string]]),
    ['exit code', `${exitCode}${meanings[exitCode] ? `: ${meanings[exitCode]}` : ''}`],
  ]
  return facts
}

const meanings: Readonly<Record<number, string>> = {
  0: 'as expected',
  1: 'an expectation failed',
  2: 'a usage or definition error',
  3: 'the environment kept it from being judged',
  4: 'something is left behind',
  5: 'a guard refused',
  130: 'interrupted',
}
