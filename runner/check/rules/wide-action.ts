import { askedActions, granting } from '../breadth.ts'
import { appliedDocuments } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { actionMatches, hasWildcard } from '../statement-actions.ts'

const list = (action: string) =>
  rolePolicy(policyOf(`{ "Effect": "Allow", "Action": "${action}", "Resource": "${repositoryArn}" }`))

/** From so many actions on, a wildcard is the shorter way to say what the lab asks for. */
const enough = 4

export const wideAction: Rule<CheckedLab> = {
  id: 'wide-action',
  severity: 'warning',
  summary: 'A wildcard allows more actions than the lab needs',
  why: 'A participant learns what he sees. Where the steps ask for three actions or fewer, the policy can name them; only what the lab means to give is then given, on a real account, too.',
  wrong: list('ecr:*'),
  right: list('ecr:ListImages'),
  at: '"ecr:*"',
  check: lab => {
    const asked = askedActions(lab)
    return granting(lab, appliedDocuments(lab.documents)).flatMap(document =>
      document.statements
        .filter(({ allows }) => allows)
        .flatMap(({ texts }) => texts('Action'))
        .filter(({ text }) => hasWildcard(text))
        .flatMap(({ text, path }) => {
          const needed = asked.filter(action => actionMatches(text, action))
          if (needed.length >= enough) return []
          return [
            {
              place: document.at(path),
              message: `\`${text}\` allows more than the lab asks for`,
              hint: needed.length > 0 ? `its steps ask for ${needed.join(', ')}` : 'no step asks for any of it',
              named: document.named,
            },
          ]
        }),
    )
  },
}
