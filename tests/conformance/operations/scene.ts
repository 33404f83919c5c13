import type { ByName } from '../errors/senders.ts'

/** One call of a story: the operation, its input (made from what was answered before), and members of the answer. */
export interface Scene {
  operation: string
  input: object | ((answers: ByName) => object)
  /** Keeps the answer under this name. */
  as?: string
  /** Members that the answer must have. */
  answer?: object
  /** Why AWS is not asked. */
  notOnAws?: string
}

/** Where a story plays. */
export interface Place {
  accountId: string
  region: string
  /** Of all that it makes: no two runs meet. Ends without a slash. */
  prefix: string
}

export const scene = (
  operation: string,
  input: Scene['input'],
  more: Omit<Scene, 'operation' | 'input'> = {},
): Scene => ({
  operation,
  input,
  ...more,
})
