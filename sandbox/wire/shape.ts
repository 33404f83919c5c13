/** A service's data shape, as the SDK client's runtime schema gives it. */
export type Shape =
  | { kind: 'structure'; name: string; members: ReadonlyMap<string, Shape> }
  | { kind: 'list'; member: Shape }
  | { kind: 'map'; key: Shape; value: Shape }
  | { kind: 'string' | 'boolean' | 'number' | 'timestamp' | 'blob' | 'document' }

export type Structure = Extract<Shape, { kind: 'structure' }>

/** One operation of a service's model. */
export interface OperationModel {
  name: string
  input: Structure
  output: Structure
}
