import { expect, test } from 'vitest'
import type { Outcome } from '../../../assertions/index.ts'
import { accessDecisions } from '../../../runner/engine/access-decisions.ts'
import type { Aws, PreparedStep, StepContext } from '../../../runner/steps/step-kind.ts'
import { allowed, denied, failed } from './answers.ts'

const on = 'arn:aws:ecr:us-west-2:111122223333:repository/team-a'
const actor = { arn: 'arn:aws:iam::111122223333:user/u' } as Aws
const context = { place: { account: '111122223333', region: 'us-west-2' } } as StepContext
const list = { action: 'ecr:ListImages', resource: on }
const token = { action: 'ecr:GetAuthorizationToken', resource: '*' }

const decisionsOf = (
  outcome: Outcome,
  step: Partial<PreparedStep> = { request: () => list },
  as: string | null = 'u',
) =>
  accessDecisions({
    ...{ as, actor, context, done: { outcome } },
    prepared: { effect: 'reads', ...step } as PreparedStep,
  }).map(({ identity, action, resource, decision }) => [identity, action, resource, decision].join(' '))

test.each<[string, string[], string[]]>([
  ['an answer', decisionsOf(allowed()), [`u ecr:ListImages ${on} allowed`]],
  [
    'an answer to several checks',
    decisionsOf(allowed(), { requests: () => [token, list] }),
    ['u ecr:GetAuthorizationToken * allowed', `u ecr:ListImages ${on} allowed`],
  ],
  ['a denial: what AWS names', decisionsOf(denied('explicitDeny')), ['u ecr:ListImages * explicitDeny']],
  ['a denial of a program', decisionsOf(denied(), {}), ['u ecr:ListImages * implicitDeny']],
  [
    'a denial of one check of several',
    decisionsOf(denied(), { requests: () => [token, list] }),
    ['u ecr:ListImages * implicitDeny'],
  ],
  ['another failure says nothing', decisionsOf(failed('request', 'RepositoryNotFoundException')), []],
  ['no answer says nothing', decisionsOf(failed('throttled')), []],
  ['a program’s success says nothing', decisionsOf(allowed(), {}), []],
  [
    'what the caller may do is not the lab’s matter',
    decisionsOf(allowed(), { effect: 'changes', request: () => list }, null),
    [],
  ],
  ['but his reads are', decisionsOf(allowed(), { request: () => list }, null), [` ecr:ListImages ${on} allowed`]],
  [
    'a change of another’s',
    decisionsOf(allowed(), { effect: 'changes', request: () => list }),
    [`u ecr:ListImages ${on} allowed`],
  ],
])('%s', (_, found, expected) => expect(found).toEqual(expected))

test('STS gives no reason: denied, of which kind is not known', () => {
  const refusal = denied()
  if (refusal.outcome !== 'denied') throw new Error('it is a denial')
  const denial = { ...refusal.denial, action: null, resource: 'role r', decision: null }
  expect(decisionsOf({ ...refusal, denial })).toEqual([`u ecr:ListImages ${on} denied`])
})
