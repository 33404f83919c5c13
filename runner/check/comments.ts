import { didYouMean } from '../definition/nearest-name.ts'
import type { Finding } from './finding.ts'
import type { RuleFacts } from './rule.ts'
import { labRules } from './rules/index.ts'
import type { Suppression } from './suppressions.ts'

const example = (comment: string): string => `steps:
  - id: listed
    as: reader
    list-images: { repository-name: "{{names.repo}}" }${comment}
    deny: because no identity-based policy allows the ecr:ListImages action
`

export const idleComment: RuleFacts = {
  id: 'idle-comment',
  severity: 'warning',
  summary: 'A comment takes back a finding that is not there, or names a rule that there is not',
  why: 'What it was written for has gone, or it is misspelt. Left there, it would hide the next mistake of the line.',
  wrong: example(' # lab-check-disable-line short-within: it was once needed'),
  right: example(''),
  at: '# lab-check-disable-line',
}

export const commentWithoutReason: RuleFacts = {
  id: 'comment-without-reason',
  severity: 'warning',
  summary: 'A comment takes back a finding and does not say why',
  why: 'Who reads the lab next year must know whether the reason still holds.',
  wrong: `steps:
  # lab-check-disable-next-line fixed-wait
  - wait: 5s
  - id: listed
    as: reader
    list-images: { repository-name: "{{names.repo}}" }
    deny: because no identity-based policy allows the ecr:ListImages action
`,
  right: `steps:
  # lab-check-disable-next-line fixed-wait: the page tells its reader to wait as well
  - wait: 5s
  - id: listed
    as: reader
    list-images: { repository-name: "{{names.repo}}" }
    deny: because no identity-based policy allows the ecr:ListImages action
`,
  at: '# lab-check-disable-next-line',
}

/** What is wrong with the comments themselves. `idle`: those that took nothing back. */
export function commentFindings(comments: readonly Suppression[], idle: readonly Suppression[]): Finding[] {
  const known = labRules.map(({ id }) => id)
  const told = ({ id: rule, severity }: RuleFacts, { place }: Suppression, message: string, hint: string): Finding => ({
    ...{ rule, severity, place, message, hint },
  })
  return comments.flatMap(comment => {
    const stranger = comment.rules.find(name => !known.includes(name))
    if (comment.rules.length === 0)
      return [told(idleComment, comment, 'the comment names no rule', 'such as `fixed-wait: the reason`')]
    if (stranger !== undefined)
      return [told(idleComment, comment, `there is no rule \`${stranger}\``, didYouMean(stranger, known) ?? '')]
    if (idle.includes(comment))
      return [told(idleComment, comment, `\`${comment.rules.join('`, `')}\` finds nothing on this line`, 'take it out')]
    if (comment.reason !== null) return []
    return [told(commentWithoutReason, comment, 'the comment does not say why', 'write the reason after a colon')]
  })
}
