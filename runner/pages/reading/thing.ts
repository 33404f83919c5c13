import type { Place } from '../../definition/index.ts'
import { unknown } from './trace.ts'

/** What pages name and somebody has to make. */
export type ThingType = 'role' | 'user' | 'group' | 'policy' | 'repository' | 'profile'

export interface Thing {
  type: ThingType
  name: string
}

export interface ThingUse extends Thing {
  place: Place
}

export const keyOf = ({ type, name }: Thing): string => `${type} ${name}`

const arn =
  /arn:aws[\w-]*:(?:iam|ecr):[\w{}-]*:\{\{account\}\}:(role|user|group|policy|repository)\/([^\s"'`,;:<>()[\]]+)/g

/** A path without patterns, and without what is not known. */
const whole = /^(?:[\w+=.@-]+\/)*[\w+=.@-]*[\w+=@-]$/

/** The things of the own account that a text names by their ARNs. */
export const thingsNamedIn = (text: string): Thing[] =>
  [...text.matchAll(arn)].flatMap(([, type, path = '']) => {
    if (!whole.test(path) || path.startsWith('aws-service-role/')) return []
    const name = type === 'repository' ? path : (path.split('/').at(-1) ?? '')
    return [{ type: type as ThingType, name }]
  })

/** Profiles that a credentials or configuration file holds. */
export const profilesIn = (text: string): Thing[] =>
  [...text.matchAll(/^[ \t]*\[(?:profile )?([^\]\n]+)\]/gm)].map(([, name = '']) => ({ type: 'profile', name }))

/** A name that is known to the last letter. */
export const isKnown = (name: string): boolean => name !== '' && !name.includes(unknown) && !/[{}<>]/.test(name)
