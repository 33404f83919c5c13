import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml'

/** Something in a YAML document that a lab must not hold. */
export interface YamlFault {
  offset: number
  message: string
  hint: string | null
  /** Default: `yaml-syntax`. */
  rule?: string
}

const maxNodes = 20_000
const maxDepth = 64
const maxAliases = 50

const offsetOf = (node: unknown, otherwise: number): number => {
  const range = (node as Node | null)?.range
  return range ? range[0] : otherwise
}

/**
 * The plain value of a YAML document, aliases expanded under a budget so that a few lines cannot become gigabytes. Faults are added to
 * `faults`; the walk stops at the first that concerns size.
 */
export function yamlValue(document: Document, faults: YamlFault[]): unknown {
  let nodes = 0
  let aliases = 0
  let tooMuch = false
  const open = new Set<unknown>()

  const refuseSize = (offset: number, message: string): undefined => {
    if (!tooMuch)
      faults.push({
        offset,
        message,
        hint: 'write the lab without nesting or repeating so much',
        rule: 'yaml-too-large',
      })
    tooMuch = true
    return undefined
  }

  const value = (node: unknown, depth: number, at: number): unknown => {
    if (tooMuch) return undefined
    const offset = offsetOf(node, at)
    if (++nodes > maxNodes) return refuseSize(offset, `the file expands to more than ${maxNodes} values`)
    if (depth > maxDepth) return refuseSize(offset, `values are nested deeper than ${maxDepth} levels`)
    if (isAlias(node)) return aliased(node, depth, offset)
    if (open.has(node)) return refuseSize(offset, 'an anchor holds an alias of itself')
    if (isScalar(node)) return node.value
    open.add(node)
    const result = collection(node, depth, offset)
    open.delete(node)
    return result
  }

  const aliased = (node: Alias, depth: number, offset: number): unknown => {
    if (++aliases > maxAliases) return refuseSize(offset, `more than ${maxAliases} aliases are used`)
    const target = node.resolve(document)
    if (target !== undefined) return value(target, depth, offset)
    faults.push({ offset, message: `alias \`*${node.source}\` has no anchor before it`, hint: null })
    return undefined
  }

  const collection = (node: unknown, depth: number, offset: number): unknown => {
    if (isSeq(node)) return node.items.map(item => value(item, depth + 1, offset))
    if (!isMap(node)) return null
    // A null prototype: a key such as __proto__ stays a key.
    const result: Record<string, unknown> = Object.create(null)
    for (const pair of node.items) {
      const key = keyText(pair.key)
      if (key === null) {
        faults.push({
          offset: offsetOf(pair.key, offset),
          message: 'a key is not text',
          hint: 'put a template in quotes: "{{names.role}}"',
        })
        // Most likely a template: as a text it raises no further problem.
        return 'a template'
      } else if (key === '<<') {
        faults.push({
          offset: offsetOf(pair.key, offset),
          message: 'merge keys (`<<`) are not used here',
          hint: 'write the keys out',
        })
      } else result[key] = value(pair.value, depth + 1, offsetOf(pair.key, offset))
    }
    return result
  }

  return value(document.contents, 0, 0)
}

function keyText(key: unknown): string | null {
  if (!isScalar(key)) return null
  const { value } = key
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}
