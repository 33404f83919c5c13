import { nameOfArn } from '../aws/arns.ts'

/** A thing that a step reads or changes: with it all that hangs on it (a role's policies, a repository's images and policy). */
export interface Touch {
  type: 'role' | 'user' | 'group' | 'policy' | 'repository' | 'profile'
  /** Without account and path: a namesake in another account counts as the same. `*`: every one there is. */
  name: string
  /** list: it is read which of them there are; who must be refused that learns nothing of it. */
  access: 'read' | 'write' | 'list'
}

type Type = Touch['type']

/** Stands, before anything has run, for what only an answer will tell: in no name that AWS takes. */
export const unknown = '<unknown>'

export const reads = (type: Type, ...names: string[]): Touch[] => names.map(name => ({ type, name, access: 'read' }))

export const writes = (type: Type, ...names: string[]): Touch[] => names.map(name => ({ type, name, access: 'write' }))

/** Reads the managed policy of an ARN. */
export const readsPolicy = (...arns: (string | undefined)[]): Touch[] =>
  reads('policy', ...arns.flatMap(arn => (arn === undefined ? [] : nameOfArn(arn))))

const types: Readonly<Record<string, Type>> = {
  role: 'role',
  'assumed-role': 'role',
  user: 'user',
  group: 'group',
  policy: 'policy',
  repository: 'repository',
}

/** The thing of an ARN; null: it is of another sort, or names none. */
export function thingOfArn(arn: string): { type: Type; name: string } | null {
  const [, kind = '', path = ''] = /^arn:[^:]*:(?:iam|sts|ecr):[^:]*:[^:]*:([a-z-]+)\/(.+)$/.exec(arn) ?? []
  const type = types[kind]
  if (type === undefined) return null
  // A session's name stands behind the role's; a repository's name may hold slashes.
  if (kind === 'assumed-role') return { type, name: path.split('/')[0] ?? path }
  return { type, name: type === 'repository' ? path : nameOfArn(path) }
}

/** The roles and users that a document names: who does not exist is refused as a principal, or counts as another one. */
export const readsNamed = (document: string): Touch[] =>
  Array.from(document.matchAll(/arn:[^:"\s]*:(?:iam|sts)::[^:"\s]*:(?:role|user|assumed-role)\/[^"\s]+/g)).flatMap(
    ([arn]) => {
      const thing = thingOfArn(arn)
      return thing ? reads(thing.type, thing.name) : []
    },
  )
