import type { StepKind } from '../steps/step-kind.ts'
import { isMap } from './raw-steps.ts'

/** 1: a plain value. 2: a secret. A list holds the shape of its entries, `*` the values of a map with free keys. */
export type OutputShape = 1 | 2 | readonly [OutputShape] | { readonly [member: string]: OutputShape }

export const isListShape = (shape: OutputShape): shape is readonly [OutputShape] => Array.isArray(shape)

export interface OperationShape {
  /** Members of the input; true: required. */
  input: Readonly<Record<string, boolean>>
  output: Readonly<Record<string, OutputShape>>
}

/** By `service:Operation`. */
export type OperationTable = Readonly<Record<string, OperationShape>>

/** The operations of ECR, IAM and STS, from the SDK clients' own schemas (`npm run generate`). Loaded when first asked for. */
export async function operationTable(): Promise<OperationTable> {
  const { default: table } = await import('./operations.generated.json', { with: { type: 'json' } })
  return table as unknown as OperationTable
}

/** The operation whose output a step has: its kind's, or the one that its fields name as `service` and `operation`. Null: not known. */
export function operationOf(kind: StepKind | undefined, fields: unknown): string | null {
  if (!kind) return null
  if (kind.operation !== null) return kind.operation
  if (!isMap(fields) || typeof fields.service !== 'string' || typeof fields.operation !== 'string') return null
  return `${fields.service}:${fields.operation}`
}
