/** Keys that any step may have beside its kind. A module of its own: who only counts steps need not load the schema. */
const commonKeys = [
  'id',
  'as',
  'identity',
  'allow',
  'deny',
  'error',
  'within',
  'stays',
  'points',
  'visibility',
  'hint',
  'supersedes',
] as const

export type CommonKey = (typeof commonKeys)[number]

export const isCommonKey = (key: string): key is CommonKey => (commonKeys as readonly string[]).includes(key)
