import type { AccessDecision } from '../../assertions/index.ts'
import type { AccessCell } from '../access/access-tables.ts'
import { escaped, oneLine } from '../words/clean-text.ts'
import { stepLink } from './marks.ts'

export const notAsked = '<span class="faint">not asked</span>'

const words = {
  allowed: '<span aria-hidden="true">✔</span> allowed',
  implicitDeny: '<span aria-hidden="true">✖</span> denied',
  explicitDeny: '<span aria-hidden="true">✖</span> denied explicitly',
  denied: '<span aria-hidden="true">✖</span> denied',
} as const

/** The decisions of one state on one thing, each by which policy, at which step, and what turned it. */
export const accessCell = (cells: readonly AccessCell[]): string => cells.map(decisionOf).join('')

function decisionOf(cell: AccessCell): string {
  const { decision, lab, step, status, turnedBy, evidence } = cell
  const notes = [
    escaped(oneLine(policyWords(cell))),
    ...(turnedBy.length === 0
      ? []
      : [`<span class="turned">turned by ${turnedBy.map(each => stepLink(each.lab, each.step)).join(', ')}</span>`]),
    `asked by ${stepLink(lab, step)}${evidence === 'evaluated' ? ', evaluated from the policies read' : ''}`,
  ]
  const wrong = status === 'failed' ? ' <span class="status failed">not as expected</span>' : ''
  const shade = decision === 'allowed' ? 'allowed' : 'denied'
  return `<span class="decision ${shade}">${words[decision]}</span>${wrong}<small>${notes.join('<br>')}</small>`
}

/** By which policy: as the sandbox recorded it, else as AWS's sentence names it. */
function policyWords({ decision, statements, policyType, policyArn }: AccessDecision): string {
  if (statements !== null && statements.length > 0)
    return `by ${statements.map(each => `${each.effect}, statement ${each.statement} of ${each.policy.replace(/^inline:/, 'inline policy ')}`).join('; ')}`
  if (decision === 'allowed') return 'by which policy, AWS does not say'
  const layer = policyType === null ? 'policy' : policyType.endsWith('-based') ? `${policyType} policy` : policyType
  if (decision === 'explicitDeny') return `by a ${layer}${policyArn === null ? '' : `, ${policyArn}`}`
  return decision === 'implicitDeny' ? `no ${layer} allows it` : 'why, AWS does not say'
}
