import { reads, readsNamed, readsPolicy, type Touch, thingOfArn, writes } from './touch.ts'

export interface Called {
  service: string
  operation: string
  input?: Readonly<Record<string, unknown>> | undefined
}

/** Members of IAM's inputs that name what is meant, or say something of it: with another one beside them more may be meant. */
const known =
  /^(RoleName|UserName|GroupName|Policy(Arn|Name|Document)|AssumeRolePolicyDocument|PermissionsBoundary|Tags|TagKeys|Description|MaxSessionDuration|Path|VersionId|SetAsDefault|Marker|MaxItems)$/

/** What an operation reads or changes, told by the members that name things; null: they do not tell. */
export function touchesOfCall(called: Called, reading: boolean): Touch[] | null {
  const { service, input = {} } = called
  const documents = Object.values(input).flatMap(value => (typeof value === 'string' ? readsNamed(value) : []))
  const own = service === 'ecr' ? ofEcr(input, reading) : service === 'iam' ? ofIam(called, reading) : ofSts(called)
  return own && [...own, ...documents]
}

function ofEcr(input: Readonly<Record<string, unknown>>, reading: boolean): Touch[] | null {
  const { repositoryName, resourceArn } = input
  const thing = typeof resourceArn === 'string' ? thingOfArn(resourceArn) : null
  const name = typeof repositoryName === 'string' ? repositoryName : thing?.type === 'repository' ? thing.name : null
  if (name === null) return null
  return reading ? reads('repository', name) : writes('repository', name)
}

function ofIam({ operation, input = {} }: Called, reading: boolean): Touch[] | null {
  if (!Object.keys(input).every(member => known.test(member))) return null
  const touch = reading ? reads : writes
  const { RoleName, UserName, GroupName, PolicyArn, PolicyName, PermissionsBoundary } = input
  const entities = (
    [
      ['role', RoleName],
      ['user', UserName],
      ['group', GroupName],
    ] as const
  ).flatMap(([type, name]) => (typeof name === 'string' ? touch(type, name) : []))
  const arns = [PolicyArn, PermissionsBoundary].flatMap(arn => (typeof arn === 'string' ? arn : []))
  if (entities.length > 0) return [...entities, ...readsPolicy(...arns)]
  // A policy's own answers tell how often it is attached: nobody may do that meanwhile.
  if (arns.length > 0) return readsPolicy(...arns).map(each => ({ ...each, access: 'write' }))
  return operation === 'CreatePolicy' && typeof PolicyName === 'string' ? writes('policy', PolicyName) : null
}

const sessionMembers = /^(RoleArn|RoleSessionName|ExternalId|DurationSeconds|Policy|Tags|SourceIdentity)$/

function ofSts({ operation, input = {} }: Called): Touch[] | null {
  if (operation === 'GetCallerIdentity') return []
  if (operation !== 'AssumeRole' || !Object.keys(input).every(member => sessionMembers.test(member))) return null
  const thing = typeof input.RoleArn === 'string' ? thingOfArn(input.RoleArn) : null
  return thing && reads(thing.type, thing.name)
}
