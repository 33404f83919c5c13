import { expect, test } from 'vitest'
import { type Denial, parseDenial, policyTypes } from '../../../assertions/index.ts'
import { whoMustAllow } from '../../../runner/engine/who-must-allow.ts'
import type { Aws } from '../../../runner/steps/step-kind.ts'

const caller = { arn: 'arn:aws:iam::111122223333:user/runner' } as Aws
const on = 'arn:aws:ecr:us-west-2:111122223333:repository/team-a/alpine'
const ann = 'arn:aws:sts::111122223333:assumed-role/ann/session'
const scp = 'arn:aws:organizations::777788889999:policy/o-accesslab01/service_control_policy/p-a1b2c3d4'
const said = (reason: string) =>
  parseDenial(`User: ${ann} is not authorized to perform: ecr:ListImages on resource: ${on} ${reason}`)

const rows: [string, RegExp][] = [
  [
    `with an explicit deny in a service control policy: ${scp}`,
    new RegExp(
      `^who administers the organization must allow ecr:ListImages on ${on}, which a service control policy ${scp} refuses; meanwhile .*--target sandbox$`,
    ),
  ],
  [
    'because no service control policy allows the ecr:ListImages action',
    /^who administers the organization must allow/,
  ],
  [
    'with an explicit deny in a resource control policy',
    /^who administers the organization .* a resource control policy refuses/,
  ],
  [
    'because no identity-based policy allows the ecr:ListImages action',
    new RegExp(`^allow ecr:ListImages on ${on} to ${ann}: lab permissions prints a policy$`),
  ],
  [
    'with an explicit deny in an identity-based policy',
    /^a statement denies .* to \S+: whoever keeps that identity-based policy must take it out$/,
  ],
  [
    'because no permissions boundary allows the ecr:ListImages action',
    /^whoever administers the account must allow .* in its permissions boundary$/,
  ],
  ['because no session policy allows the ecr:ListImages action', /^whoever opened the session must allow/],
  ['because no VPC endpoint policy allows the ecr:ListImages action', /^whoever runs the VPC endpoint must allow/],
  [
    'with an explicit deny in a resource-based policy',
    new RegExp(`^whoever keeps the resource-based policy of ${on} must let ${ann} do ecr:ListImages$`),
  ],
  ['', /^allow ecr:ListImages on \S+ to \S+: lab permissions/],
]

test.each(rows)('blocked %s: who must change what', (reason, wanted) => {
  expect(whoMustAllow(said(reason), { name: 'aws', caller })).toMatch(wanted)
})

test('STS does not say whose policy refuses, and no more do we', () => {
  const denial = parseDenial(
    `User: ${ann} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/r`,
  )
  expect(whoMustAllow(denial, { name: 'aws', caller })).toMatch(/in what \S+ may do or in the trust policy of the role/)
})

test('on the sandbox there is no other place to go to', () => {
  const text = whoMustAllow(said(rows[0]?.[0] ?? ''), { name: 'sandbox', caller })
  expect(text).not.toContain('--target')
})

test.each(policyTypes)(
  'of %s with nothing else named: who was refused is the caller, and no word is made up',
  policyType => {
    const nothing: Denial = { ...said(''), action: null, resource: null, principal: null, decision: null, policyType }
    const text = whoMustAllow(nothing, { name: 'aws', caller })
    expect(text).toMatch(/\bit\b/)
    expect(text).not.toMatch(/null|undefined/)
  },
)
