import { expect, test } from 'vitest'
import type { AccessDecision, StepReport } from '../../../assertions/index.ts'
import { withStatements } from '../../../runner/engine/recorded-statements.ts'
import { labReport, stepReport } from '../../reports/sample-report.ts'

const asked: AccessDecision = {
  ...{ identity: 'u', principal: null, action: 'ecr:ListImages', resource: 'arn:a', decision: 'allowed' },
  ...{ evidence: 'observed', policyType: null, policyArn: null, statements: null },
}
const actual: StepReport['actual'] = {
  ...{ outcome: 'allowed', code: null, message: null, httpStatus: 200, requestId: 'r-1', denial: null },
}
const check = (action: string, sid?: string) => ({
  ...({ action, resource: 'arn:a', decision: 'allowed', policyType: null } as const),
  statements: [{ policyType: 'identity-based', policy: 'p', index: 2, sid, effect: 'Allow' }] as const,
})
const statementsOf = async (access: AccessDecision, checks: ReturnType<typeof check>[] | null, id = 'r-1') => {
  const labs = [labReport('one', 'passed', [stepReport('a', 'passed', { access: [access], actual })])]
  const told = await withStatements(labs, checks ? async () => new Map([[id, checks]]) : undefined)
  return told[0]?.steps[0]?.access[0]?.statements
}
const statement = { effect: 'Allow', policyType: 'identity-based', policy: 'p' }

test.each([
  ['by its number', asked, [check('ecr:ListImages')], 'r-1', [{ ...statement, statement: '3' }]],
  ['by its Sid', asked, [check('ecr:ListImages', 'Read')], 'r-1', [{ ...statement, statement: 'Read' }]],
  [
    'the check of that action',
    asked,
    [check('ecr:X', 'X'), check('ecr:listimages', 'Y')],
    'r-1',
    [{ ...statement, statement: 'Y' }],
  ],
  ['no such check', asked, [check('ecr:X')], 'r-1', null],
  ['no such request', asked, [check('ecr:ListImages')], 'r-2', null],
  ['no record at all', asked, null, 'r-1', null],
  [
    'what was evaluated was not asked',
    { ...asked, evidence: 'evaluated' as const },
    [check('ecr:ListImages')],
    'r-1',
    null,
  ],
])('%s', async (_, access, checks, id, expected) => {
  expect(await statementsOf(access, checks, id)).toEqual(expected)
})
