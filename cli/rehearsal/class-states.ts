import { labNames, type Names, type StudentAccount } from './student-account.ts'

/** What the labs' documents say the verdict on a lab must be. */
export interface Verdict {
  points: number
  status: 'passed' | 'failed'
}

/** How far, and how well, a student did the two labs; and what that is worth, told by the labs' own words and by nothing that decides policies. */
export interface ClassState {
  name: string
  /** How often it occurs beside the others. */
  weight: number
  /** Names that differ from the labs'. */
  names?: (student: number) => Names
  /** false: the roster does not say so. */
  namesKnown?: boolean
  make(account: StudentAccount): void
  /** `identity-policies` of 4: 1 for the policy, 1 for team-a allowed, 2 for team-b denied. */
  identity: Verdict
  /** `repository-policies` of 4: 2 for team-a denied, 2 for team-b allowed. */
  repository: Verdict
}

export const maxPoints = 4

const passed = (points: number): Verdict => ({ points, status: 'passed' })
const failed = (points: number): Verdict => ({ points, status: 'failed' })

const listOn = (account: StudentAccount, team: 'team-a' | 'team-b') => ({
  Effect: 'Allow',
  Action: ['ecr:ListImages'],
  Resource: [account.arnOfRepository(account.names.repoA).replace('team-a/alpine', `${team}/*`)],
})

function setUp(account: StudentAccount): void {
  account.repositories()
  for (const repository of [account.names.repoA, account.names.repoB]) account.image(repository)
}

/** The first lab with a policy of one's own. */
function identityLab(account: StudentAccount, document: object): void {
  setUp(account)
  account.role()
  account.policy(document)
  account.attach()
}

const identityLabRight = (account: StudentAccount): void => identityLab(account, listOn(account, 'team-a'))

function denyOnA(account: StudentAccount, more: object = {}): void {
  const { arnOfRole, names } = account
  const statement = { Effect: 'Deny', Principal: { AWS: arnOfRole() }, Action: 'ecr:ListImages', ...more }
  account.repositoryPolicy(names.repoA, statement)
}

function allowOnB(account: StudentAccount, more: object = {}): void {
  const { arnOfRole, names } = account
  const statement = { Effect: 'Allow', Principal: { AWS: arnOfRole() }, Action: 'ecr:ListImages', ...more }
  account.repositoryPolicy(names.repoB, statement)
}

function bothRight(account: StudentAccount): void {
  identityLabRight(account)
  denyOnA(account)
  allowOnB(account)
}

const ownNames = (student: number): Names => ({ ...labNames, role: `rolle-${student}`, policy: `my.policy-${student}` })

export const classStates: readonly ClassState[] = [
  { name: 'right', weight: 6, make: bothRight, identity: passed(4), repository: passed(4) },
  { name: 'not begun', weight: 2, make: () => {}, identity: failed(0), repository: failed(0) },
  { name: 'only the first lab', weight: 2, make: identityLabRight, identity: passed(4), repository: failed(0) },
  { name: 'only repositories', weight: 1, make: setUp, identity: failed(0), repository: failed(0) },
  {
    name: 'half done: the policy is not attached',
    weight: 2,
    make(account) {
      setUp(account)
      account.role()
      account.policy(listOn(account, 'team-a'))
    },
    identity: failed(3),
    repository: failed(0),
  },
  {
    name: 'half done: team-b was forgotten',
    weight: 1,
    make(account) {
      identityLabRight(account)
      denyOnA(account)
    },
    identity: passed(4),
    repository: failed(2),
  },
  {
    name: 'half done: no image in team-a',
    weight: 1,
    make(account) {
      account.repositories()
      account.image(account.names.repoB)
      account.role()
      account.policy(listOn(account, 'team-a'))
      account.attach()
    },
    identity: failed(3),
    repository: failed(0),
  },
  {
    name: 'wrong resource',
    weight: 2,
    make: account => identityLab(account, listOn(account, 'team-b')),
    identity: failed(0),
    // What his own policy gives on team-b is what the second lab asks for.
    repository: failed(2),
  },
  {
    name: 'wrong resource, the second lab right',
    weight: 1,
    make(account) {
      identityLab(account, listOn(account, 'team-b'))
      denyOnA(account)
      allowOnB(account)
    },
    identity: failed(0),
    repository: passed(4),
  },
  {
    name: 'too much',
    weight: 2,
    make: account => identityLab(account, { Effect: 'Allow', Action: 'ecr:*', Resource: '*' }),
    identity: failed(1),
    repository: failed(2),
  },
  {
    name: 'wrong reason',
    weight: 2,
    make: account =>
      identityLab(account, {
        Version: '2012-10-17',
        Statement: [listOn(account, 'team-a'), { ...listOn(account, 'team-b'), Effect: 'Deny' }],
      }),
    identity: failed(1),
    repository: failed(0),
  },
  {
    name: 'right in other words',
    weight: 2,
    make(account) {
      const { Resource } = listOn(account, 'team-a')
      identityLab(account, {
        Version: '2012-10-17',
        Id: 'mine',
        // The second resource is one of the first.
        Statement: {
          ...{ Sid: 'Mine', Effect: 'Allow', Action: 'ECR:listimages' },
          Resource: [Resource[0], account.arnOfRepository(account.names.repoA)],
        },
      })
      denyOnA(account, { Sid: 'Mine', Action: ['ecr:LISTIMAGES'] })
      allowOnB(account, { Principal: { AWS: [account.arnOfRole()] } })
    },
    identity: passed(4),
    repository: passed(4),
  },
  {
    name: 'right by another road: an inline policy',
    weight: 1,
    make(account) {
      setUp(account)
      account.role()
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: listOn(account, 'team-a') })
      account.perform('iam:PutRolePolicy', { RoleName: account.names.role, PolicyName: 'inline', PolicyDocument })
    },
    identity: failed(3),
    repository: failed(0),
  },
  {
    name: 'the role was deleted',
    weight: 2,
    make(account) {
      bothRight(account)
      const { role } = account.names
      account.perform('iam:DetachRolePolicy', { RoleName: role, PolicyArn: account.arnOfPolicy() })
      account.perform('iam:DeleteRole', { RoleName: role })
    },
    identity: failed(1),
    repository: failed(0),
  },
  {
    name: 'the role trusts somebody else',
    weight: 1,
    make(account) {
      setUp(account)
      account.role({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' })
      account.policy(listOn(account, 'team-a'))
      account.attach()
    },
    identity: failed(1),
    repository: failed(0),
  },
  {
    name: 'named otherwise',
    weight: 2,
    names: ownNames,
    make: bothRight,
    identity: passed(4),
    repository: passed(4),
  },
  {
    name: 'named otherwise, and nobody was told',
    weight: 1,
    names: ownNames,
    namesKnown: false,
    make: bothRight,
    identity: failed(0),
    repository: failed(0),
  },
]
