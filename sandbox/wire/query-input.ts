import { AwsError } from '../errors.ts'
import type { Parameters } from './query-parameters.ts'
import type { Shape, Structure } from './shape.ts'

/** Parameters as a tree: `Tags.member.1.Key=x` is Tags -> member -> 1 -> Key. */
interface Node {
  value?: string
  children: Map<string, Node>
}

/**
 * An operation's input from the parameters of a Query request. Parameters that the operation does not know are ignored, as AWS does.
 * Numbers are numbers, timestamps epoch milliseconds, blobs bytes.
 * @throws AwsError MalformedInput for a value of the wrong type.
 */
export const queryInput = (shape: Structure, parameters: Parameters): Record<string, unknown> => {
  const root: Node = { children: new Map() }
  for (const [name, value] of parameters) plant(root, name, value)
  return structure(shape, root)
}

const plant = (root: Node, name: string, value: string): void => {
  let node = root
  for (const part of name.split('.')) {
    let child = node.children.get(part)
    if (child === undefined) {
      child = { children: new Map() }
      node.children.set(part, child)
    }
    node = child
  }
  node.value ??= value
}

const structure = (shape: Structure, node: Node): Record<string, unknown> => {
  const result: Record<string, unknown> = {}
  for (const [name, member] of shape.members) {
    const child = node.children.get(name)
    if (child !== undefined) result[name] = read(member, child)
  }
  return result
}

const read = (shape: Shape, node: Node): unknown => {
  switch (shape.kind) {
    case 'structure':
      return structure(shape, node)
    case 'list':
      return inOrder(node.children.get('member')).map(child => read(shape.member, child))
    case 'map':
      return Object.fromEntries(
        inOrder(node.children.get('entry')).map(entry => [
          entry.children.get('key')?.value ?? '',
          read(shape.value, entry.children.get('value') ?? { children: new Map() }),
        ]),
      )
    default:
      return scalar(shape.kind, node.value ?? '')
  }
}

const inOrder = (node: Node | undefined): Node[] =>
  [...(node?.children ?? [])]
    .filter(([index]) => /^\d+$/.test(index))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child)

/** `+900` and `0900` are 900. The texts, and that the first has none, are recorded answers of STS. */
const scalar = (kind: Exclude<Shape['kind'], 'structure' | 'list' | 'map'>, text: string): unknown => {
  switch (kind) {
    case 'string':
    case 'document':
      return text
    case 'number':
      if (text === '') throw new AwsError('MalformedInput', 400, 'missing value for decimal type')
      if (!/^[+-]?\d{1,10}$/.test(text) || Math.abs(Number(text)) > 2 ** 31)
        throw new AwsError('MalformedInput', 400, '')
      return Number(text)
    case 'boolean':
      if (!/^(true|false)$/i.test(text)) throw new AwsError('MalformedInput', 400, '')
      return text.toLowerCase() === 'true'
    case 'timestamp': {
      const time = Date.parse(text)
      if (Number.isNaN(time)) throw new AwsError('MalformedInput', 400, '')
      return time
    }
    case 'blob':
      return Buffer.from(text, 'base64')
  }
}
