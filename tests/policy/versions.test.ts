import { expect, test } from 'vitest'
import { compilePolicy, decide } from '../../policy/index.ts'
import { A, user } from './cases.ts'

const ask = (document: object, name: string) =>
  decide(
    {
      principal: user(),
      account: A,
      action: 'ecr:ListImages',
      resource: `arn:aws:ecr:us-west-2:${A}:repository/${name}`,
      resourceAccount: A,
    },
    { identity: [{ name: 'p', policy: compilePolicy(document) }] },
  ).decision

test.each([
  [{ Version: '2012-10-17' }, 'alice', 'allowed'],
  [{ Version: '2008-10-17' }, 'alice', 'implicitDeny'],
  [{}, 'alice', 'implicitDeny'],
  [{ Version: '2008-10-17' }, '${aws:username}', 'allowed'],
  [{}, '${aws:username}', 'allowed'],
])('variables need version 2012-10-17: %j', (version, name, expected) => {
  const Statement = { Effect: 'Allow', Action: '*', Resource: `arn:aws:ecr:us-west-2:${A}:repository/\${aws:username}` }
  expect(ask({ ...version, Statement }, name)).toBe(expected)
})
