import type { Report } from '../../assertions/index.ts'
import { escaped, oneLine } from '../words/clean-text.ts'
import { headline, isTrouble, stepsOf } from '../words/step-words.ts'
import { statusMark, stepLink } from './marks.ts'

/** What did not come as expected, each with the way to it. */
export function troubleList(report: Report): string {
  const trouble = stepsOf(report).filter(({ step }) => isTrouble(step))
  if (trouble.length === 0) return ''
  const items = trouble.map(
    ({ lab, step }) =>
      `<li>${statusMark(step.status)} ${stepLink(lab.id, step.id, `${lab.id}/${step.id}`)}<br>${escaped(oneLine(headline(step)))}</li>\n`,
  )
  return `<section aria-labelledby="trouble">\n<h2 id="trouble">Not as expected</h2>\n<ul class="trouble">\n${items.join('')}</ul>\n</section>\n`
}
