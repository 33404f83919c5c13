import type { AccessRequest, explain, LayerVerdict, StatementVerdict } from '../../policy/index.ts'
import type { Paper } from '../show/paper.ts'
import { indented } from '../show/wrap.ts'
import { mismatchPhrase } from './mismatch-phrase.ts'

export type Explained = ReturnType<typeof explain>

const policyNoun = (type: string): string => (/policy$|boundary$/.test(type) ? type : `${type} policy`)
const article = (noun: string): string => (/^[aeiou]/i.test(noun) ? 'an' : 'a')

/** The answer in AWS's own terms: `denied: no identity-based policy allows ecr:ListImages`. */
export function answerPhrase({ decision, policyType }: Explained, { action }: AccessRequest): string {
  if (decision === 'allowed') return 'allowed'
  if (policyType === null) return `denied: credentials of this kind can never call ${action}`
  const noun = policyNoun(policyType)
  return decision === 'explicitDeny'
    ? `denied: an explicit deny in ${article(noun)} ${noun}`
    : `denied: no ${noun} allows ${action}`
}

const statementPhrase = ({ effect, index, sid, policy }: StatementVerdict): string =>
  `${effect}, statement ${index + 1}${sid ? ` (${sid})` : ''} of ${policy}`

function decidedBy({ decision, policyType, deciding }: Explained): string[] {
  if (deciding.length > 0)
    return deciding.map(verdict => `decided by ${statementPhrase(verdict)}, ${policyNoun(verdict.policyType)}`)
  if (decision === 'allowed') return ['no statement decides it: the caller needs none for this']
  return policyType === null ? [] : ['no statement decides it: what must allow it does not']
}

const says: Readonly<Record<LayerVerdict['verdict'], string>> = {
  allows: 'allows',
  denies: 'denies',
  silent: 'does not allow',
  notApplicable: 'none that binds this request',
}

/** The answer for a person: what and why, then every policy type in AWS's order with every statement in it. */
export function answerLines(request: AccessRequest, explained: Explained, { colours, width }: Paper): string[] {
  const { decision, layers, statements, sure } = explained
  const paint = decision === 'allowed' ? colours.good : colours.bad
  const lines = [paint(answerPhrase(explained, request))]
  const add = (text: string, indent: string) => lines.push(...indented(text, indent, width))
  for (const line of decidedBy(explained)) add(line, '  ')
  if (!sure) add('several policy types refuse it; which of them AWS names is not documented', '  ')
  lines.push('')
  add(`${request.principal}`, '  ')
  add(`${request.action} on ${request.resource}`, '  ')
  lines.push('')
  for (const { policyType, verdict } of layers) {
    const own = statements.filter(statement => statement.policyType === policyType)
    if (verdict === 'notApplicable' && own.length === 0) continue
    add(`${policyType}: ${says[verdict]}`, '  ')
    for (const statement of own) add(`${statementPhrase(statement)}: ${mismatchPhrase(statement)}`, '    ')
  }
  const absent = layers.filter(
    ({ policyType, verdict }) =>
      verdict === 'notApplicable' && !statements.some(statement => statement.policyType === policyType),
  )
  if (absent.length > 0) add(`none: ${absent.map(({ policyType }) => policyType).join(', ')}`, '  ')
  return lines
}
