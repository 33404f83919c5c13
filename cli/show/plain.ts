import type { StepReport } from '../../assertions/index.ts'
import type { Step } from '../../runner/definition/index.ts'
import type { EngineEvent } from '../../runner/engine/events.ts'
import { commandOf } from './kept-calls.ts'
import type { Paper } from './paper.ts'
import { type Layout, ordinaryWidth, stepLines } from './step-lines.ts'
import { waitingWords } from './waiting-words.ts'
import { atBothEnds, indented, parted } from './wrap.ts'

export interface Show {
  paper: Paper
  emit(event: EngineEvent): void
  /** Resolves when all that was emitted is on the screen. */
  finish(): Promise<void>
}

export interface ShowOptions {
  quiet: boolean
  verbose: boolean
  /** What the labs say of their steps, by `lab/step`. */
  steps: ReadonlyMap<string, Pick<Step, 'probes' | 'place'>>
}

/** Lines as things happen: files, pipes, CI. */
export function plainShow(paper: Paper, options: ShowOptions): Show {
  const lines = eventLines(paper, options)
  return {
    paper,
    emit: event => {
      for (const line of lines(event)) paper.line(line)
    },
    finish: async () => {},
  }
}

/** Milliseconds after which lines that cannot be drawn again say what is waited for. */
const longWait = 10_000

/** The finished lines of each event; remembers which lab is running. */
export function eventLines(paper: Paper, options: ShowOptions): (event: EngineEvent) => string[] {
  const { colours, width } = paper
  const { quiet, verbose } = options
  let layout: Layout = { width, colours, verbose, kindWidth: 20 }
  let setUp = false
  /** Of the lab that is running: not shown yet. */
  let heading: string[] = []
  let told = new Set<string>()
  /** true: steps came last, so that what is taken back now needs a heading. */
  let afterSteps = false
  /** Of the steps under way: those of which it was said that they are waited for. */
  const waited = new Set<string>()
  /** The step whose calls are kept back, until the first of them is told. */
  let rehearsed: string[] = []

  /** Quiet says of which lab a failure is, once. */
  const underHeading = (lines: string[]): string[] => {
    if (lines.length === 0) return []
    const before = heading
    heading = []
    return [...before, ...lines]
  }

  const step = (lab: string, report: StepReport, detail: string | null): string[] => {
    told.add(report.id)
    if (quiet && (report.status === 'passed' || report.status === 'skipped')) return []
    const { probes: probe = false, place } = options.steps.get(`${lab}/${report.id}`) ?? {}
    return underHeading(stepLines({ report, detail, probe, column: place?.column ?? null, graded: !setUp }, layout))
  }

  return event => {
    if (event.type === 'run') return [...firstLines(event, width).map(colours.strong), ...(quiet ? [] : [''])]
    if (event.type === 'note') {
      afterSteps = false
      return quiet ? [] : indented(event.text, ' ', width).map(colours.faint)
    }
    if (event.type === 'lab') {
      layout = { ...layout, kindWidth: Math.max(20, ...event.steps.map(each => each.kind.length + 2)) }
      setUp = event.setUp
      told = new Set()
      waited.clear()
      rehearsed = []
      heading = headingLines(event, paper)
      if (quiet) return []
      const shown = heading
      heading = []
      return shown
    }
    if (event.type === 'step') {
      rehearsed = quiet ? [] : [`  # ${event.step}${event.as === null ? '' : `: as ${event.as}`}`].map(colours.faint)
      return []
    }
    if (event.type === 'waiting') {
      if (quiet || waited.has(event.step) || event.elapsedMs < longWait) return []
      waited.add(event.step)
      const seconds = Math.round(event.elapsedMs / 1000)
      return indented(`${event.step}, ${seconds} s: ${waitingWords(event)}`, '  … ', width).map((line, index) =>
        colours.faint(index === 0 ? line : line.replace('…', ' ')),
      )
    }
    if (event.type === 'would-send') {
      const title = rehearsed
      rehearsed = []
      return underHeading([...title, `  ${commandOf(event)}`])
    }
    if (event.type === 'step-done') return step(event.lab, event.report, event.detail)
    if (event.type === 'lab-done') {
      afterSteps = true
      const { id, steps } = event.report
      return steps.filter(each => !told.has(each.id)).flatMap(each => step(id, each, null))
    }
    if (event.type === 'undo') {
      const title = afterSteps && !quiet ? [' teardown'] : []
      afterSteps = false
      return [...title, ...undoLines(event, paper, quiet)]
    }
    return []
  }
}

const firstLines = (
  { runId, target, accountId, region }: Extract<EngineEvent, { type: 'run' }>,
  width: number | null,
): string[] =>
  parted(['AccessLab', target, `account ${accountId}`, region, ...(runId === null ? [] : [`run ${runId}`])], '', width)

function headingLines(
  { id, title, setUp }: Extract<EngineEvent, { type: 'lab' }>,
  { width, colours }: Paper,
): string[] {
  const heading = setUp ? ` ${id}` : ` ${id}   ${title}`
  const lines =
    width !== null && heading.length > width && !setUp
      ? [` ${id}`, ...indented(title, '   ', width)]
      : atBothEnds(heading, setUp ? 'set-up' : '', Math.min(width ?? ordinaryWidth, ordinaryWidth))
  return lines.map(line => line.replace(id, () => colours.strong(id)))
}

function undoLines(event: Extract<EngineEvent, { type: 'undo' }>, { colours, width }: Paper, quiet: boolean): string[] {
  const { resource, result, note } = event
  if (quiet && result !== 'left') return []
  const icon = result === 'gone' ? colours.good('✔') : result === 'left' ? colours.bad('✖') : '-'
  const word = { gone: 'removed', left: 'still there', foreign: 'not ours, untouched' }[result]
  const { type, name } = resource
  const head = `${word.padEnd(11)}  ${type.padEnd(18)} ${name}`.trimEnd()
  const narrow = width !== null && head.length + 4 > width
  return [
    `  ${icon} ${narrow ? `${word.padEnd(11)}  ${type}` : head}`,
    ...(narrow ? indented(name, '      ', width) : []),
    ...(note === null ? [] : indented(note, '      ', width)),
  ]
}
