import type { LabReport, StepReport } from '../../assertions/index.ts'
import { escaped, oneLine } from '../words/clean-text.ts'
import { actualWords, subjectOf } from '../words/step-words.ts'
import { markedWords } from './marked-words.ts'

const icons = { passed: '✔', failed: '✖', error: '!', blocked: '!', skipped: '–' } as const

/** The outcome as a word beside its sign: colour alone says nothing. */
export const statusMark = (status: StepReport['status']): string =>
  `<span class="status ${status}"><span aria-hidden="true">${icons[status]}</span> ${status}</span>`

/** A lab with its steps, each with what was expected and what came. */
export function labSection(lab: LabReport): string {
  const { id, title, status, setUp, steps } = lab
  const heading = `<h2 id="${anchorOf(lab)}">${escaped(oneLine(id))} ${statusMark(status)}</h2>`
  const kind = setUp ? ' (set-up of another lab, not graded here)' : ''
  return `<section aria-labelledby="${anchorOf(lab)}">\n${heading}\n<p>${escaped(oneLine(title))}${kind}</p>\n${steps.map(stepArticle).join('')}</section>\n`
}

export const anchorOf = ({ id }: LabReport): string => `lab-${id.replace(/[^\w-]/g, '_')}`

function stepArticle(step: StepReport): string {
  const { id, status, points, maxPoints } = step
  const graded =
    maxPoints === 0
      ? ''
      : ` <span class="faint">${points ?? 'not graded'}${points === null ? '' : `/${maxPoints}`}</span>`
  const rows = rowsOf(step).map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`)
  return `<article>\n<h3>${statusMark(status)} ${escaped(oneLine(id))}${graded}</h3>\n<dl>${rows.join('')}</dl>\n</article>\n`
}

/** Names and HTML. */
function rowsOf(step: StepReport): [string, string][] {
  const { status, expected, actual, diff, hint, file, line, evidence } = step
  const wrong = status === 'failed'
  const sentences = wrong
    ? markedWords(expected, actualWords(step))
    : { expected: escaped(expected), actual: escaped(actualWords(step)) }
  return [
    ['step', escaped(oneLine(subjectOf(step)))],
    ...(expected === '' ? [] : [['expected', sentences.expected] satisfies [string, string]]),
    ['actual', `${sentences.actual}${evidence === 'evaluated' ? ' (evaluated from the policies read)' : ''}`],
    ...(actual?.message ? [['answer', escaped(actual.message)] satisfies [string, string]] : []),
    ...diff.filter(({ field }) => field !== 'outcome').map(differenceRow),
    ...(hint === null ? [] : [['hint', escaped(hint)] satisfies [string, string]]),
    ['at', escaped(`${oneLine(file)}:${line}`)],
  ]
}

function differenceRow({ field, expected, actual }: StepReport['diff'][number]): [string, string] {
  const words = markedWords(expected, actual)
  return [escaped(oneLine(field)), `expected ${words.expected}<br>found ${words.actual}`]
}
