import { AwsError } from '../errors.ts'
import type { Call, Need } from '../operation.ts'
import type { Table } from '../state/store.ts'
import { type Entity, type Group, groups, type Role, roles, type Tag, type User, users } from './entities.ts'
import { resourceTagContext } from './tags.ts'

/** What finding a record takes: the state, and the account the caller works in. */
export type Scope = Pick<Call, 'state' | 'caller'>

/** A kind of entity that holds policies: how AWS names it, where it is kept, and its quotas (IAM user guide, "IAM and STS quotas"). */
export interface Holder<T extends Entity> {
  noun: 'role' | 'user' | 'group'
  table: Table<T>
  nameOf(entity: T): string
  attachedQuota: string
  find(scope: Scope, name: string): T | undefined
  /** Throws NoSuchEntity. */
  named(scope: Scope, name: string): T
  save(scope: Scope, entity: T): void
  arn(scope: Scope, path: string, name: string): string
  /** IAM authorizes on the pathless ARN where there is no such entity, and prints `role NAME` instead of an ARN. */
  needs(call: Scope, action: string, name: string, context?: Need['context']): Need[]
}

interface Words<T> {
  noun: 'role' | 'user' | 'group'
  table: Table<T>
  nameOf(entity: T): string
  attachedQuota: string
}

const tagsOf = (entity: object | undefined): readonly Tag[] =>
  entity !== undefined && 'Tags' in entity ? (entity.Tags as Tag[]) : []

const defineHolder = <T extends Entity>(words: Words<T>): Holder<T> => {
  const { noun, table, nameOf } = words
  const find: Holder<T>['find'] = ({ state, caller }, name) => state.get(table, caller.accountId, name.toLowerCase())
  const arn: Holder<T>['arn'] = ({ caller }, path, name) => `arn:aws:iam::${caller.accountId}:${noun}${path}${name}`
  return {
    ...words,
    find,
    arn,
    named(scope, name) {
      const entity = find(scope, name)
      if (entity === undefined)
        throw new AwsError('NoSuchEntity', 404, `The ${noun} with name ${name} cannot be found.`)
      return entity
    },
    save: ({ state, caller }, entity) => state.put(table, entity, caller.accountId, nameOf(entity).toLowerCase()),
    needs(scope, action, name, context = {}) {
      const entity = find(scope, name)
      const resource = entity?.Arn ?? arn(scope, '/', name)
      return [
        {
          action,
          resource,
          printed: `${noun} ${name}`,
          context: { ...resourceTagContext(tagsOf(entity)), ...context },
        },
      ]
    },
  }
}

export const role = defineHolder<Role>({
  noun: 'role',
  table: roles,
  nameOf: entity => entity.RoleName,
  attachedQuota: 'PoliciesPerRole',
})

export const user = defineHolder<User>({
  noun: 'user',
  table: users,
  nameOf: entity => entity.UserName,
  attachedQuota: 'PoliciesPerUser',
})

export const group = defineHolder<Group>({
  noun: 'group',
  table: groups,
  nameOf: entity => entity.GroupName,
  attachedQuota: 'PoliciesPerGroup',
})
