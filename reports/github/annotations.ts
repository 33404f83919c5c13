import type { Report, StepReport } from '../../assertions/index.ts'
import { cleanText, oneLine } from '../words/clean-text.ts'
import { isTrouble, type StepOfLab, stepsOf, storyLines } from '../words/step-words.ts'

/** GitHub shows so many of a kind for one step of a job, and drops the others without a word. */
const mostOfAKind = 10

export interface Notice {
  title: string
  message: string
  file: string
  line: number
}

/**
 * Workflow commands: an error for each wrong outcome, a warning for each step that could not be judged, at the step's place. What is above
 * GitHub's limit is told in one line. `shownPath` makes a file relative to the repository.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function annotations(
  report: Report,
  shownPath: (file: string) => string,
  notices: readonly Notice[] = [],
): string[] {
  const trouble = stepsOf(report).filter(({ step }) => isTrouble(step))
  const placed = (only: (step: StepReport) => boolean) =>
    trouble.filter(({ step }) => only(step)).map(each => noticeOf(each))
  return [
    ...errorAnnotations(
      placed(({ status }) => status === 'failed'),
      shownPath,
    ),
    ...lines(
      'warning',
      placed(({ status }) => status !== 'failed'),
      shownPath,
    ),
    ...lines('notice', notices, shownPath),
  ]
}

/** An error each, at its place where `file` is not empty, within the same limit. */
export const errorAnnotations = (all: readonly Notice[], shownPath: (file: string) => string): string[] =>
  lines('error', all, shownPath)

const lines = (kind: string, all: readonly Notice[], shownPath: (file: string) => string): string[] =>
  limited(all).map(({ title, message, file, line }) =>
    file === ''
      ? `::${kind} title=${property(title)}::${data(message)}`
      : `::${kind} file=${property(shownPath(file))},line=${line},title=${property(title)}::${data(message)}`,
  )

const noticeOf = ({ lab, step }: StepOfLab): Notice => ({
  title: `${lab.id}/${step.id}: ${step.status}`,
  message: storyLines(step).join('\n'),
  file: step.file,
  line: step.line,
})

function limited(all: readonly Notice[]): Notice[] {
  if (all.length <= mostOfAKind) return [...all]
  const others = all.slice(mostOfAKind - 1)
  const message = others.map(({ title }) => title).join('\n')
  return [...all.slice(0, mostOfAKind - 1), { title: `${others.length} more`, message, file: '', line: 0 }]
}

const data = (text: string): string =>
  cleanText(text).trim().replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const property = (text: string): string => data(oneLine(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')
