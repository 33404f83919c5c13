import type { VariableValues } from '../variables.ts'

export type Scalar = string | number | boolean
/** Does one value of the request meet one value of the policy? */
export type ValueTest = (actual: Scalar, values: VariableValues) => boolean

/** A condition operator without its modifiers: how it reads one policy value, and whether its answer is turned round. */
export interface Operator {
  readonly negated: boolean
  /**
   * @param variables policy variables are in force (version 2012-10-17)
   * @throws PolicyError `InvalidConditionValue`
   */
  readonly compile: (value: string, variables: boolean, path: string) => ValueTest
}

/** The operator and its negation. */
export const both = (compile: Operator['compile']): [Operator, Operator] => [
  { negated: false, compile },
  { negated: true, compile },
]
