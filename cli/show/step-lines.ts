import type { StepReport } from '../../assertions/index.ts'
import { reasonClause } from '../../reports/words/reason-clause.ts'
import { actualOf } from './actual.ts'
import type { Colours } from './colours.ts'
import { atBothEnds, indented, labelled } from './wrap.ts'

export interface Layout {
  /** null: lines are not wrapped. */
  width: number | null
  colours: Colours
  /** Column width of the step kinds. */
  kindWidth: number
  verbose: boolean
}

export interface ShownStep {
  report: StepReport
  detail: string | null
  /** true: the lab says what must come of it. */
  probe: boolean
  /** Where the step is written, from 1; null: not known. */
  column: number | null
  /** Points are shown: not those of a set-up lab. */
  graded: boolean
}

/** Where nothing says how wide the page is, the points stand here. */
export const ordinaryWidth = 100
const inside = '      '

/** A finished step: its line, then AWS's sentence of a denial, or why it failed. */
export function stepLines(shown: ShownStep, layout: Layout): string[] {
  const lines = headLines(shown, layout)
  const { report } = shown
  if (report.status === 'passed') lines.push(...denialLines(report, layout))
  else if (report.status !== 'skipped') lines.push(...failureLines(shown, layout))
  if (layout.verbose) lines.push(...verboseLines(report, layout))
  return lines
}

const icons = { passed: '✔', failed: '✖', blocked: '✖', error: '✖', skipped: '-' } as const

function headLines({ report, detail, probe, graded }: ShownStep, { width, colours, kindWidth }: Layout): string[] {
  const { status } = report
  const page = width ?? ordinaryWidth
  const who = report.as === null ? '' : ` as ${report.as}`
  const subject = `${report.title}${who}`
  const word = wordOf(report, detail, probe)
  const points = graded && report.maxPoints > 0 ? `${report.points ?? '-'}/${report.maxPoints}` : ''
  const icon = icons[status]
  const start = `  ${icon} ${report.kind.padEnd(kindWidth)}`
  const candidates = [
    `${start}${word === '' ? subject : `${subject.padEnd(32)}  ${word}`}`,
    `${start}${subject}  ${word}`,
    `  ${icon} ${report.kind}  ${subject}  ${word}`,
  ].map(line => line.trimEnd())
  const fits = (line: string) => width === null || line.length + (points === '' ? 0 : points.length + 2) <= width
  const oneLine = candidates.find(fits)
  const lines = oneLine
    ? atBothEnds(oneLine, points, page)
    : [
        ...atBothEnds(`  ${icon} ${report.kind}`, points, page),
        ...[subject, word].flatMap(text => (text === '' ? [] : indented(text, inside, width))),
      ]
  const paint = status === 'passed' ? colours.good : status === 'skipped' ? colours.faint : colours.bad
  return lines.map((line, index) => (index === 0 ? `  ${paint(line.slice(2, 3))}${line.slice(3)}` : line))
}

/** Short words at the right of the subject. */
function wordOf(report: StepReport, detail: string | null, probe: boolean): string {
  const evaluated = report.evidence === 'evaluated' ? ' (evaluated)' : ''
  if (report.status === 'skipped') return `skipped${report.hint ? `: ${report.hint}` : ''}`
  if (report.status === 'blocked') return 'blocked'
  if (report.status === 'error') return 'error'
  if (report.status === 'failed') return ''
  if (report.actual?.outcome === 'denied') return `denied, as expected${evaluated}`
  if (report.actual?.outcome === 'failed') return `${report.actual.code}, as expected${evaluated}`
  if (probe && report.actual !== null) return `${actualOf(report, detail)}${evaluated}`
  return `${detail ?? ''}${evaluated}`
}

/** The sentence, with its reason on a line of its own. */
function denialLines({ actual }: StepReport, layout: Layout): string[] {
  const { width, colours } = layout
  if (actual?.outcome !== 'denied' || !actual.message) return []
  const { sentence, reason } = reasonClause(actual.message)
  return [
    ...indented(sentence, inside, width).map(colours.faint),
    ...(reason === '' ? [] : decidingLines('▸ ', reason, layout)),
  ]
}

/** AWS's sentence of a denial that nobody expected, whole, to be searched and copied; its reason in bold. */
function answerLines(message: string, { width, colours }: Layout): string[] {
  const lines = labelled('answer    ', message, inside, width)
  let open = reasonClause(message)
    .reason.split(/\s+/)
    .filter(word => word !== '').length
  const painted = lines.toReversed().map(line => {
    const words = line.trimStart().split(' ')
    const mine = Math.min(open, words.length)
    open -= mine
    if (mine === 0) return line
    const plain = words.slice(0, words.length - mine)
    const start = line.slice(0, line.length - line.trimStart().length) + plain.map(word => `${word} `).join('')
    return start + colours.strong(line.slice(start.length))
  })
  return painted.toReversed()
}

/** The words that decide, in bold beside their label. */
const decidingLines = (label: string, reason: string, { width, colours }: Layout): string[] =>
  labelled(label, reason, inside, width).map(line => {
    const start = line.slice(0, inside.length)
    return start + colours.strong(line.slice(inside.length))
  })

function failureLines({ report, detail, column }: ShownStep, layout: Layout): string[] {
  const { width, colours } = layout
  const row = (label: string, text: string) => labelled(label.padEnd(10), text, inside, width)
  const { actual } = report
  const sentence = actual?.outcome === 'denied' ? actual.message : null
  return [
    ...(report.expected === '' ? [] : row('expected', report.expected)),
    ...row('actual', actualOf(report, detail)).map(colours.bad),
    ...(sentence ? answerLines(sentence, layout) : []),
    ...report.diff
      .filter(({ field }) => field !== 'outcome')
      .flatMap(({ field, expected, actual: found }) =>
        row('differs', `${field}: expected ${expected}, found ${found}`),
      ),
    ...row('at', `${report.file}:${report.line}${column === null ? '' : `:${column}`}, step ${report.id}`),
    ...(report.hint ? row('hint', report.hint) : []),
  ]
}

const verboseLines = ({ actual, attempts, durationMs }: StepReport, { colours }: Layout): string[] => [
  colours.faint(
    `${inside}${attempts} ${attempts === 1 ? 'attempt' : 'attempts'} · ${durationMs} ms` +
      (actual?.requestId ? ` · request ${actual.requestId}` : '') +
      (actual?.httpStatus ? ` · HTTP ${actual.httpStatus}` : ''),
  ),
]
