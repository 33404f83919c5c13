import { expect, test } from 'vitest'
import { solutionOf } from '../../../cli/why/change-words.ts'
import type { DocumentEdit } from '../../../runner/engine/why/edit.ts'

const created: DocumentEdit = {
  ...{ edit: 'document', kind: 'create', policyArn: null, index: null, element: null, value: null },
  ...{ policyType: 'identity-based', policy: 'inline:lab-why', before: null, document: '{}' },
  after: { Effect: 'Allow', Action: 'ecr:ListImages', Resource: '*' },
}
const repository: DocumentEdit = { ...created, policyType: 'resource-based', policy: 'repository policy of app' }

test.each<[string, DocumentEdit, string | null, string]>([
  ['a user', created, 'arn:aws:iam::111122223333:user/ann', 'the inline policy `lab-why` on the user `ann`'],
  [
    'the role of a session',
    created,
    'arn:aws:sts::111122223333:assumed-role/reader/Practice',
    'the inline policy `lab-why` on the role `reader`',
  ],
  ['somebody unknown', created, null, 'the inline policy `lab-why`'],
  ['a repository', repository, 'arn:aws:iam::111122223333:user/ann', 'the repository policy of `app`'],
])('a new policy is for %s', (_, edit, principal, words) => {
  const change = { edits: [{ edit, place: null }], turns: 'allowed', because: null } as const
  expect(solutionOf({ ...change, edits: [...change.edits] }, principal)).toEqual([
    { words: `make ${words}, with this statement`, statement: edit.after },
  ])
})
