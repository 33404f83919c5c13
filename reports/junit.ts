import type { LabReport, Report, StepReport } from '../assertions/index.ts'
import { escaped, oneLine } from './words/clean-text.ts'
import { actualWords, headline, storyLines, subjectOf } from './words/step-words.ts'

/**
 * The report as JUnit XML: a suite a lab, a case a step. A wrong outcome is a `failure`; what kept a step from being judged is an `error`.
 * GitLab tells cases apart by classname and name, so both come from ids alone. The elements are those of Ant's schema and of Jenkins's in
 * their order; `file` and `line` of a case, which GitLab and the usual actions read, are in neither.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function junit(report: Report): string {
  const { labs, durationMs } = report
  const counts = countsOf(labs.flatMap(lab => lab.steps))
  const suites = labs.map((lab, index) => suiteOf(report, lab, index)).join('')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes({ name: `accesslab ${report.command}`, ...counts, time: seconds(durationMs) })}>\n${suites}</testsuites>\n`
}

function suiteOf(report: Report, lab: LabReport, index: number): string {
  const { steps, id, title, setUp } = lab
  const time = seconds(steps.reduce((sum, step) => sum + step.durationMs, 0))
  const head = {
    ...{ name: id, package: 'lab', id: index, timestamp: report.startedAt.slice(0, 19), hostname: 'localhost' },
    ...countsOf(steps),
    ...{ skipped: steps.filter(({ status }) => status === 'skipped').length, time },
  }
  const { runId, command, target, accountId, region } = report
  const properties = { title, 'set-up': setUp, runId, command, target, accountId, region }
  const lines = Object.entries(properties).map(
    ([name, value]) => `      <property${attributes({ name, value: String(value) })}/>\n`,
  )
  return [
    `  <testsuite${attributes(head)}>\n    <properties>\n${lines.join('')}    </properties>\n`,
    ...steps.map(step => caseOf(id, step)),
    '    <system-out></system-out>\n    <system-err></system-err>\n  </testsuite>\n',
  ].join('')
}

function caseOf(lab: string, step: StepReport): string {
  const { id, durationMs, file, line, status } = step
  const head = attributes({ name: id, classname: `lab.${lab}`, time: seconds(durationMs), file, line })
  const body = status === 'passed' ? '' : `      ${resultOf(step)}\n`
  return body === '' ? `    <testcase${head}/>\n` : `    <testcase${head}>\n${body}    </testcase>\n`
}

function resultOf(step: StepReport): string {
  const { status, actual } = step
  if (status === 'skipped') return `<skipped${attributes({ message: actualWords(step) })}/>`
  const element = status === 'failed' ? 'failure' : 'error'
  const type = status === 'failed' ? 'expectation' : (actual?.code ?? status)
  const text = [subjectOf(step), ...storyLines(step)].join('\n')
  return `<${element}${attributes({ message: headline(step), type })}>${escaped(text)}</${element}>`
}

const countsOf = (steps: readonly StepReport[]) => ({
  tests: steps.length,
  failures: steps.filter(({ status }) => status === 'failed').length,
  errors: steps.filter(({ status }) => status === 'error' || status === 'blocked').length,
})

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3)

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(oneLine(String(value)))}"`)
    .join('')
