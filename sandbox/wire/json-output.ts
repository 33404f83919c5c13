import type { AwsError } from '../errors.ts'
import type { HttpAnswer } from './exchange.ts'
import type { OperationModel, Shape, Structure } from './shape.ts'

/** A JSON 1.1 success. Dates come as epoch milliseconds or a Date, and go out as epoch seconds with a fraction. */
export const jsonSuccess = (
  model: OperationModel,
  output: Record<string, unknown> | undefined,
  requestId: string,
): HttpAnswer => answer(200, requestId, members(model.output, output ?? {}))

/** An error body with the bare type name: botocore reads it nowhere else. */
export const jsonFailure = (error: AwsError, requestId: string): HttpAnswer =>
  answer(error.status, requestId, {
    __type: error.code,
    ...(error.message === '' ? {} : { message: error.message }),
    ...error.fields,
  })

const answer = (status: number, requestId: string, body: Record<string, unknown>): HttpAnswer => ({
  status,
  headers: { 'x-amzn-RequestId': requestId, 'Content-Type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(body),
})

/** @throws when an operation answers with a member that the model does not have: our own mistake, never sent. */
const members = (shape: Structure, value: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined && item !== null)
      .map(([name, item]) => {
        const member = shape.members.get(name)
        if (member === undefined) throw new Error(`${shape.name} has no member ${name}`)
        return [name, write(member, item)]
      }),
  )

const write = (shape: Shape, value: unknown): unknown => {
  switch (shape.kind) {
    case 'structure':
      return members(shape, value as Record<string, unknown>)
    case 'list':
      return (value as unknown[]).map(item => write(shape.member, item))
    case 'map':
      return Object.fromEntries(
        Object.entries(value as Record<string, unknown>).map(([key, item]) => [key, write(shape.value, item)]),
      )
    case 'timestamp':
      return new Date(value as number | Date).getTime() / 1000
    case 'blob':
      return Buffer.from(value as Uint8Array).toString('base64')
    default:
      return value
  }
}
