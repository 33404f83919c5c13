import { describe, expect, test } from 'vitest'
import {
  explainDenial,
  type PolicyType,
  parseDenial,
  policyTypes,
  principalInWords,
  resourceInWords,
  summarise,
} from '../../../assertions/index.ts'

const read = (
  reason: string,
  action = 'ecr:ListImages',
  resource = 'arn:aws:ecr:us-west-2:111122223333:repository/team-b/alpine',
) =>
  parseDenial(
    `User: arn:aws:sts::111122223333:assumed-role/reader/Practice is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
  )

const words = (type: PolicyType) => (type.endsWith('-based') ? `${type} policy` : type)

describe('each policy type and decision', () => {
  const all = policyTypes.flatMap(type => [
    { type, reason: `because no ${words(type)} allows the ecr:ListImages action` },
    { type, reason: `with an explicit deny in a ${words(type)}` },
  ])

  test.each(all)('$reason', ({ type, reason }) => {
    const denial = read(reason)
    expect(denial.policyType).toBe(type)
    const { who, what, which, why, next, page } = explainDenial(denial)
    expect([who, what, which]).toEqual([
      'The call was made by the role `reader` (session `Practice`).',
      'It asked for `ecr:ListImages`.',
      'It was about the repository `team-b/alpine` in us-west-2.',
    ])
    expect(why).toMatch(/^It was refused because .+\.$/)
    expect(next.length).toBeGreaterThan(0)
    expect(page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//)
  })

  test('no two say the same', () => {
    const whys = all.map(({ reason }) => explainDenial(read(reason)).why)
    expect(new Set(whys).size).toBe(whys.length)
  })
})

test.each<[string, string, RegExp, RegExp]>([
  ['STS names three possible causes', 'sts:AssumeRole', /may not exist.*trust policy.*permission/, /trust policy/],
  ['KMS does not say which', 'kms:Decrypt', /KMS does not say/, /key/],
  ['S3 may mean a setting', 's3:GetObject', /S3/, /Block Public Access/],
  ['EC2 encodes', 'ec2:RunInstances', /EC2/, /decode-authorization-message/],
  ['others', 'ecr:PutImage', /does not say/, /policies/],
])('without a reason: %s', (_, action, why, next) => {
  const explanation = explainDenial(read('', action))
  expect(explanation.why).toMatch(why)
  expect(explanation.next.join(' ')).toMatch(next)
})

test('the policy that AWS names comes first', () => {
  const [first] = explainDenial(
    read('with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/NoList'),
  ).next
  expect(first).toContain('NoList')
})

test('what AWS does not say is null', () => {
  expect(explainDenial(parseDenial('AccessDenied: Access Denied'))).toMatchObject({
    who: null,
    what: null,
    which: null,
  })
})

test.each<[string, string]>([
  ['arn:aws:iam::111122223333:user/team/ann', 'the user `ann`'],
  ['arn:aws:iam::111122223333:root', 'the root user of the account'],
  ['arn:aws:sts::111122223333:federated-user/guest', 'the federated user `guest`'],
  ['anonymous', 'an anonymous caller'],
  ['<USER>', '`<USER>`'],
])('principal %s', (principal, said) => {
  expect(principalInWords(principal)).toBe(said)
})

test.each<[string, string]>([
  ['*', 'no particular resource (`*`)'],
  ['role deploy', 'the role `deploy`'],
  ['instance profile web', 'the instance profile `web`'],
  ['arn:aws:s3:::bucket/key', 'the s3 resource `bucket/key`'],
  ['arn:aws:iam::111122223333:role/team/deploy', 'the role `team/deploy`'],
  ['arn:aws:sns:us-east-1:111122223333:topic', 'the sns resource `topic` in us-east-1'],
])('resource %s', (resource, said) => {
  expect(resourceInWords(resource)).toBe(said)
})

test.each<[string, string]>([
  [
    'because no identity-based policy allows the ecr:ListImages action',
    'the role `reader` (session `Practice`) may not ecr:ListImages on the repository `team-b/alpine` in us-west-2: no identity-based policy allows ecr:ListImages',
  ],
  [
    '',
    'the role `reader` (session `Practice`) may not ecr:ListImages on the repository `team-b/alpine` in us-west-2: AWS gives no reason',
  ],
])('in one line: %s', (reason, line) => {
  expect(summarise(read(reason))).toBe(line)
})
