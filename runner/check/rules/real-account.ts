import { positionsIn } from '../../definition/text-position.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

/** Numbers that AWS's documentation uses, and made-up ones: a digit four times over, or counting up. */
const isExample = (account: string): boolean =>
  /^(\d)\1{11}$|^(\d)\2{3}(\d)\3{3}(\d)\4{3}$|^123456789012$|^012345678901$|^210987654321$/.test(account)

const note = (account: string): string => `# Notes\n\nTried with arn:aws:iam::${account}:role/reader.\n`

export const realAccount: Rule<CheckedLab> = {
  id: 'real-account',
  severity: 'warning',
  summary: 'A file of the lab names an account that is none of AWS’s examples',
  why: 'An account id is no secret, but it says whose workshop this was, and whoever copies the line aims at that account.',
  wrong: { 'lab.yaml': `steps:\n${listDenied}`, 'notes.md': note('864209753113') },
  right: { 'lab.yaml': `steps:\n${listDenied}`, 'notes.md': note('111122223333') },
  at: '864209753113',
  check: ({ files }) =>
    files.flatMap(({ file, text }) => {
      const position = positionsIn(text)
      const found = text.matchAll(/(?<=arn:aws[\w-]*:[\w-]+:[^:"\s]*:)\d{12}(?=:)|\b\d{12}(?=\.dkr\.ecr\.)/g)
      return [...found]
        .filter(([account]) => !isExample(account))
        .map(match => ({
          place: { file, ...position(match.index) },
          message: `the account \`${match[0]}\` is none that AWS’s documentation uses`,
          hint: 'write `{{account}}` in steps and policies, 111122223333 in texts',
        }))
    }),
}
