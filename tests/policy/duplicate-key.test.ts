import { expect, test } from 'vitest'
import { compilePolicy, decide, meansTheSame } from '../../policy/index.ts'
import { A, repo, user } from './cases.ts'

const statement = (effects: string) =>
  `{"Version":"2012-10-17","Statement":[{${effects},"Action":"ecr:ListImages","Resource":"*"}]}`

test.each([
  ['"Effect":"Deny","Effect":"Allow"', '"Effect":"Allow"', 'allowed'],
  ['"Effect":"Allow","Effect":"Deny"', '"Effect":"Deny"', 'explicitDeny'],
])('of a key written twice the last one counts, for decisions and for meanings: %s', (twice, once, decision) => {
  const request = { principal: user(), account: A, action: 'ecr:ListImages', resource: repo(), resourceAccount: A }
  const identity = [{ name: 'own', policy: compilePolicy(statement(twice)) }]
  expect(decide(request, { identity }).decision).toBe(decision)
  expect(meansTheSame(statement(twice), statement(once), 'identity').same).toBe(true)
})
