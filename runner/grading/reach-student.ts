import { accountOf } from '../aws/arns.ts'
import { openTarget, type Target } from '../aws/target.ts'
import { at, stringAt } from '../steps/answers.ts'
import type { Aws, Credentials } from '../steps/step-kind.ts'
import type { Student } from './read-roster.ts'
import type { NotGraded } from './student-report.ts'

/** A student's account cannot be had, or is not the one the roster names: he is not graded. */
export class Unreachable extends Error {
  readonly reason: NotGraded
  constructor(code: string, message: string) {
    super(message)
    this.name = 'Unreachable'
    this.reason = { code, message }
  }
}

export interface Reach {
  /** As the grader himself. */
  base: Target
  /** Name of the role in each student's account; null: the row says how. */
  assumeRole: string | null
}

/**
 * A student's account as a target: through the row's profile and role, else the role of `--assume-role`, else the grader's own credentials.
 * GetCallerIdentity must name the row's account.
 *
 * @throws Unreachable, LabError with exit code 3
 */
export async function reachStudent(reach: Reach, student: Student): Promise<Target> {
  const { base } = reach
  const source = student.profile === null ? base : await openAs(base, { profile: student.profile })
  const role = roleOf(reach, student)
  if (role === null && source === base && student.account !== base.place.account)
    throw new Unreachable(
      'no-way',
      `nothing says how account ${student.account} is reached, and these are the credentials of ${base.place.account}: --assume-role NAME, or a column role-arn or profile`,
    )
  const target = role === null && source !== base ? source : await openThrough(base, source, role, student)
  if (target.place.account === student.account) return { ...target, identities: base.identities }
  target.close()
  throw new Unreachable(
    'other-account',
    `the credentials are those of account ${target.place.account}, the roster says ${student.account}`,
  )
}

const roleOf = ({ base, assumeRole }: Reach, { account, roleArn }: Student): string | null =>
  roleArn ?? (assumeRole === null ? null : `arn:${base.place.partition}:iam::${account}:role/${assumeRole}`)

async function openThrough(base: Target, source: Target, role: string | null, student: Student): Promise<Target> {
  try {
    const credentials = role === null ? await source.caller.credentials() : await assume(source.caller, role, student)
    return await openAs(base, credentials)
  } finally {
    if (source !== base) source.close()
  }
}

const openAs = (base: Target, caller: Credentials | { profile: string }): Promise<Target> =>
  openTarget({
    name: base.name,
    region: base.place.region,
    endpoint: base.endpoint ?? undefined,
    caller,
    identities: {},
    environment: base.environment,
    eventual: base.eventual,
    connections: base.connections,
  })

async function assume(aws: Aws, RoleArn: string, { account, externalId }: Student): Promise<Credentials> {
  if (accountOf(RoleArn) !== account)
    throw new Unreachable('other-account', `role-arn is of account ${accountOf(RoleArn)}, the roster says ${account}`)
  const outcome = await aws.call('sts:AssumeRole', {
    RoleArn,
    RoleSessionName: 'accesslab-verify',
    ...(externalId === null ? {} : { ExternalId: externalId }),
  })
  if (outcome.outcome !== 'allowed')
    throw new Unreachable(outcome.code, `${RoleArn} cannot be assumed: ${outcome.message}`)
  const { output } = outcome
  const expiration = at(output, 'Credentials', 'Expiration')
  return {
    accessKeyId: stringAt(output, 'Credentials', 'AccessKeyId') ?? '',
    secretAccessKey: stringAt(output, 'Credentials', 'SecretAccessKey') ?? '',
    sessionToken: stringAt(output, 'Credentials', 'SessionToken') ?? undefined,
    expiration: expiration instanceof Date ? expiration.getTime() : undefined,
  }
}
