import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { writtenMatches } from '../written-texts.ts'

const list = (resource: string) =>
  rolePolicy(policyOf(`{ "Effect": "Allow", "Action": "ecr:ListImages", "Resource": "${resource}" }`))

export const literalRegion: Rule<CheckedLab> = {
  id: 'literal-region',
  severity: 'warning',
  summary: 'An ARN of a step or a policy holds a region',
  why: 'With another `--region`, or another one in labs.yaml, the policy is about repositories that are not there.',
  wrong: list(repositoryArn.replace('{{region}}', 'us-west-2')),
  right: list(repositoryArn),
  at: 'us-west-2',
  fixable: true,
  check: lab =>
    writtenMatches(lab, /(?<=arn:aws[\w-]*:ecr:)[a-z]{2}(-[a-z]+)+-\d(?=:)/g).map(
      ({ match: [region], place, named, edit }) => ({
        place,
        message: `the region \`${region}\` is written out`,
        hint: 'write `{{region}}`',
        ...(named ? { named } : {}),
        // Another region than the lab's may be meant.
        fix: region === (lab.catalogue.region ?? 'us-west-2') ? edit('{{region}}') : [],
      }),
    ),
}
