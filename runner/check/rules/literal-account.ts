import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { writtenMatches } from '../written-texts.ts'

const list = (resource: string) =>
  rolePolicy(policyOf(`{ "Effect": "Allow", "Action": "ecr:ListImages", "Resource": "${resource}" }`))

/** The sandbox's accounts, as a template says them. */
const templates: Readonly<Record<string, string>> = {
  '111122223333': '{{account}}',
  '444455556666': '{{identities.partner.account}}',
}

export const literalAccount: Rule<CheckedLab> = {
  id: 'literal-account',
  severity: 'warning',
  summary: 'A step or a policy holds the number of an account',
  why: 'The lab then works in that account alone: on AWS, in a roster, for the next reader, it names somebody else’s.',
  wrong: list(repositoryArn.replace('{{account}}', '111122223333')),
  right: list(repositoryArn),
  at: '111122223333',
  fixable: true,
  check: lab =>
    writtenMatches(lab, /(?<=arn:aws[\w-]*:[\w-]+:[^:"\s]*:)\d{12}(?=:)/g).map(
      ({ match: [account], place, named, edit }) => {
        const template = templates[account]
        return {
          place,
          message: `the account \`${account}\` is written out`,
          hint: `write \`${template ?? '{{account}}'}\``,
          ...(named ? { named } : {}),
          fix: template ? edit(template) : [],
        }
      },
    ),
}
