import type { StepReport } from '../../assertions/index.ts'
import { escaped, oneLine } from '../words/clean-text.ts'
import { durationWords } from '../words/duration.ts'
import { reasonClause } from '../words/reason-clause.ts'
import { actualWords, isTrouble, subjectOf } from '../words/step-words.ts'
import { stepAnchor } from './anchors.ts'
import { markedWords } from './marked-words.ts'
import { pointsWords, statusMark } from './marks.ts'

/** A step: one line when all is well, with AWS's sentence of a denial; else the whole story. */
export function stepArticle(lab: string, step: StepReport): string {
  const { id, status, durationMs } = step
  const points = pointsWords(step)
  const head = `<h4 id="${stepAnchor(lab, id)}">${statusMark(status)} ${escaped(oneLine(id))}</h4> <span class="subject">${escaped(oneLine(subjectOf(step)))}</span> <span class="side">${points === '' ? '' : `<strong>${points}</strong> · `}${durationWords(durationMs)}</span>`
  return `<article class="${status}">\n<div class="line">${head}</div>\n${isTrouble(step) ? story(step) : brief(step)}</article>\n`
}

/** Of a step that came as expected, or was not run. */
function brief(step: StepReport): string {
  const { actual, status, hint } = step
  if (status === 'skipped') return `<p class="faint">${escaped(hint ?? 'not run')}</p>\n`
  if (actual?.outcome === 'denied' && actual.message) return `<p class="answer">${answer(actual.message)}</p>\n`
  if (actual?.outcome === 'failed')
    return `<p class="answer">${escaped(`${actual.code}: ${actual.message ?? ''}`)}</p>\n`
  return ''
}

/** AWS's sentence, the words that decide in bold. */
function answer(message: string): string {
  const { sentence, reason } = reasonClause(message)
  return reason === '' ? escaped(sentence) : `${escaped(sentence)} <strong>${escaped(reason)}</strong>`
}

function story(step: StepReport): string {
  const rows = storyRows(step).map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`)
  return `<dl>${rows.join('')}</dl>\n${differences(step)}`
}

/** Names and HTML. */
function storyRows(step: StepReport): [string, string][] {
  const { expected, actual, hint, file, line, evidence, attempts, status } = step
  const found = actualWords(step)
  const words =
    status === 'failed' ? markedWords(expected, found) : { expected: escaped(expected), actual: escaped(found) }
  const rows: [string, string | null][] = [
    ['expected', expected === '' ? null : words.expected],
    ['actual', `${words.actual}${evidence === 'evaluated' ? ' (evaluated from the policies read)' : ''}`],
    ['answer', actual?.message ? answer(actual.message) : null],
    ['asked', attempts > 1 ? `${attempts} times` : null],
    ['hint', hint === null ? null : escaped(hint)],
    ['at', `<code>${escaped(`${oneLine(file)}:${line}`)}</code>`],
    ['request', actual?.requestId ? `<code>${escaped(actual.requestId)}</code>` : null],
  ]
  return rows.flatMap(([name, value]) => (value === null ? [] : [[name, value] satisfies [string, string]]))
}

/** Field by field, where there is more than the outcome. */
function differences({ diff }: StepReport): string {
  const fields = diff.filter(({ field }) => field !== 'outcome')
  if (fields.length === 0) return ''
  const rows = fields.map(({ field, expected, actual }) => {
    const words = markedWords(expected, actual)
    return `<tr><th scope="row">${escaped(oneLine(field))}</th><td>${words.expected}</td><td>${words.actual}</td></tr>\n`
  })
  return `<table class="differences">\n<thead><tr><th scope="col">differs</th><th scope="col">expected</th><th scope="col">actual</th></tr></thead>\n<tbody>\n${rows.join('')}</tbody>\n</table>\n`
}
