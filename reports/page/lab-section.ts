import type { LabReport } from '../../assertions/index.ts'
import { escaped, oneLine } from '../words/clean-text.ts'
import { labAnchor } from './anchors.ts'
import { statusMark } from './marks.ts'
import { stepArticle } from './step-article.ts'

/** A lab with its steps, each with what was expected and what came. */
export function labSection(lab: LabReport): string {
  const { id, title, status, setUp, steps } = lab
  const anchor = labAnchor(id)
  const kind = setUp ? ' <span class="tag">set-up of another lab, not graded here</span>' : ''
  return `<section aria-labelledby="${anchor}">\n<h3 id="${anchor}">${escaped(oneLine(id))} ${statusMark(status)}</h3>\n<p>${escaped(oneLine(title))}${kind}</p>\n${steps.map(step => stepArticle(id, step)).join('')}</section>\n`
}
