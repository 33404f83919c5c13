import { isMap } from '../definition/raw-steps.ts'
import type { Path } from '../definition/yaml-place.ts'
import type { CheckedStatement } from './checked-document.ts'

/** One operator on one key of a statement. */
export interface StatementCondition {
  operator: string
  key: string
  values: readonly { text: string; path: Path }[]
  /** Of the key. */
  path: Path
}

const texts = (value: unknown, path: Path): { text: string; path: Path }[] =>
  Array.isArray(value)
    ? value.map((each, index) => ({ text: String(each), path: [...path, index] }))
    : [{ text: String(value), path }]

export function conditionsOf({ value, path }: CheckedStatement): StatementCondition[] {
  if (!isMap(value.Condition)) return []
  return Object.entries(value.Condition).flatMap(([operator, keys]) =>
    Object.entries(isMap(keys) ? keys : {}).map(([key, values]) => {
      const at = [...path, 'Condition', operator, key]
      return { operator, key, values: texts(values, at), path: at }
    }),
  )
}

/** `StringLike` of `ForAnyValue:StringLikeIfExists`. */
export const baseOperator = (operator: string): string => operator.replace(/^For\w+:/, '').replace(/IfExists$/, '')
