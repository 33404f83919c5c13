import type { Report } from '../assertions/index.ts'
import { sarifLog } from './sarif/sarif-log.ts'
import { cleanText } from './words/clean-text.ts'
import { isTrouble, stepsOf, storyLines } from './words/step-words.ts'

const rules = [
  {
    id: 'outcome',
    level: 'error',
    summary: 'An outcome is another than the lab says',
    why: 'AWS allowed what was to be denied, denied what was to be allowed, or denied it for another reason.',
  },
  {
    id: 'not-judged',
    level: 'warning',
    summary: 'An outcome could not be judged',
    why: 'The network, AWS, or an organization stood in the way.',
  },
] as const

/** The report as SARIF 2.1.0: a result for each outcome that is wrong or could not be judged, at the step's line. */
export const sarif = (report: Report): string =>
  sarifLog(
    report.tool.version,
    rules,
    stepsOf(report)
      .filter(({ step }) => isTrouble(step))
      .map(({ lab, step }) => {
        const { id: rule, level } = step.status === 'failed' ? rules[0] : rules[1]
        const message = cleanText([`${lab.id}/${step.id}: ${step.status}`, ...storyLines(step)].join('\n'))
        return { rule, level, message, file: step.file, line: Math.max(1, step.line), column: null }
      }),
  )
