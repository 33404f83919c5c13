import { AwsError } from '../errors.ts'
import type { Shape, Structure } from './shape.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * An operation's input from a JSON 1.1 body, every value checked against the model's type. `null` counts as absent; members that the
 * operation does not know are ignored. Timestamps become epoch milliseconds, blobs bytes.
 * @throws AwsError SerializationException (the texts are those of AWS's JSON services; unsure for ECR).
 */
export const jsonInput = (shape: Structure, body: Buffer): Record<string, unknown> => {
  let value: unknown
  try {
    value = body.length === 0 ? {} : JSON.parse(utf8.decode(body))
  } catch {
    throw new AwsError('SerializationException', 400, '')
  }
  if (!isObject(value)) throw unexpected(value, 'a structure')
  return structure(shape, value)
}

const structure = (shape: Structure, value: Record<string, unknown>): Record<string, unknown> => {
  const result: Record<string, unknown> = {}
  for (const [name, member] of shape.members) {
    const item = Object.hasOwn(value, name) ? value[name] : undefined
    if (item !== undefined && item !== null) result[name] = read(member, item)
  }
  return result
}

const read = (shape: Shape, value: unknown): unknown => {
  switch (shape.kind) {
    case 'structure':
      if (!isObject(value)) throw unexpected(value, 'a structure')
      return structure(shape, value)
    case 'list':
      if (!Array.isArray(value)) throw unexpected(value, 'a list')
      return value.map(item => read(shape.member, item))
    case 'map':
      if (!isObject(value)) throw unexpected(value, 'a map')
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, read(shape.value, item)]))
    case 'string':
      if (typeof value !== 'string') throw unexpected(value, 'a String')
      return value
    case 'boolean':
      if (typeof value !== 'boolean') throw unexpected(value, 'a Boolean')
      return value
    case 'number':
      if (typeof value !== 'number') throw unexpected(value, 'a Number')
      return value
    case 'timestamp':
      if (typeof value !== 'number') throw unexpected(value, 'a Timestamp')
      return value * 1000
    case 'blob':
      if (typeof value !== 'string') throw unexpected(value, 'a Blob')
      return bytes(value)
    case 'document':
      return value
  }
}

const bytes = (text: string): Buffer => {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw unexpected(text, 'a Blob')
  return Buffer.from(text, 'base64')
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const unexpected = (value: unknown, wanted: string): AwsError => {
  const kind = Array.isArray(value)
    ? 'START_ARRAY'
    : isObject(value)
      ? 'START_OBJECT'
      : `${typeof value}_VALUE`.toUpperCase()
  return new AwsError('SerializationException', 400, `${kind} can not be converted to ${wanted}`)
}
