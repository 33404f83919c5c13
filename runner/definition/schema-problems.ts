import type { z } from 'zod'
import type { Problem } from './definition-error.ts'
import { didYouMean, nearestName } from './nearest-name.ts'
import type { YamlSource } from './read-yaml.ts'
import { keysAt } from './schema-walk.ts'
import { expected, found, type Issue, listed } from './wording.ts'
import type { Path } from './yaml-place.ts'

const segments = (path: readonly PropertyKey[]): Path =>
  path.map(each => (typeof each === 'symbol' ? String(each) : each))

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, segment) => (value as Record<string, unknown> | null | undefined)?.[segment], data)

/** `points`; entry 2 of `needs`; the step. */
function nameOf(path: Path): string {
  const last = path.at(-1)
  if (last === undefined) return 'the file'
  if (typeof last === 'string') return `\`${last}\``
  return `entry ${last + 1} of ${nameOf(path.slice(0, -1))}`
}

/**
 * Checks the data of a YAML file against a schema: every problem with its place, what was found, what was expected, and the nearest valid
 * name. `checkValue` may replace how one map's value is seen (a kind without fields may be written empty).
 */
export function schemaProblems(source: YamlSource, schema: z.ZodType, data: unknown = source.data): Problem[] {
  const result = schema.safeParse(data)
  if (result.success) return []
  return result.error.issues.flatMap(issue => problemsOf(issue, [], { source, schema, data }))
}

interface Checked {
  source: YamlSource
  schema: z.ZodType
  data: unknown
}

function problemsOf(issue: Issue, above: Path, checked: Checked): Problem[] {
  const path = [...above, ...segments(issue.path)]
  if (issue.code === 'unrecognized_keys') return issue.keys.map(key => unknownKey(key, path, checked))
  if (issue.code === 'invalid_key') return [badKey(issue, path, checked)]
  if (issue.code === 'invalid_union') {
    const deep = issue.errors.filter(
      branch => branch.length > 0 && branch.every(each => each.path.length > 0 || each.code === 'unrecognized_keys'),
    )
    const [nearest] = deep.sort((a, b) => a.length - b.length)
    if (nearest) return nearest.flatMap(each => problemsOf(each, path, checked))
    const wanted = [...new Set(issue.errors.flatMap(branch => branch.slice(0, 1)).flatMap(alternativesOf))]
    return [badValue(listed(wanted), [], path, checked)]
  }
  return [badValue(expected(issue), issue.code === 'invalid_value' ? issue.values.map(String) : [], path, checked)]
}

const alternativesOf = (issue: Issue): string[] =>
  issue.code === 'invalid_union'
    ? issue.errors.flatMap(branch => branch.slice(0, 1)).flatMap(alternativesOf)
    : [expected(issue)]

function unknownKey(key: string, path: Path, { source, schema }: Checked): Problem {
  const owner = typeof path.at(-1) === 'string' ? ` in ${nameOf(path)}` : ''
  return {
    place: source.place([...path, key], 'key'),
    message: `unknown key \`${key}\`${owner}`,
    hint: didYouMean(key, keysAt(schema, path)),
  }
}

function badKey(issue: Issue & { code: 'invalid_key' }, path: Path, { source }: Checked): Problem {
  const wanted = issue.issues[0] ? expected(issue.issues[0]) : 'another key'
  return {
    place: source.place(path, 'key'),
    message: `the key ${nameOf(path)} is not usable, expected ${wanted}`,
    hint: null,
  }
}

function badValue(wanted: string, names: readonly string[], path: Path, { source, data }: Checked): Problem {
  const value = valueAt(data, path)
  const owner = valueAt(data, path.slice(0, -1))
  const missing = value === undefined && !(typeof owner === 'object' && owner !== null && (path.at(-1) ?? '') in owner)
  if (missing) {
    const holder = path.slice(0, -1)
    const holderName = typeof holder.at(-1) === 'number' ? 'the step' : nameOf(holder)
    return {
      place: source.place(holder, 'key'),
      message: `${holderName} lacks ${nameOf(path)}, expected ${wanted}`,
      hint: null,
    }
  }
  const nearest = typeof value === 'string' ? nearestName(value, names) : null
  const quoted = wanted.split(/,? or |, /).includes('text') && (typeof value === 'number' || typeof value === 'boolean')
  return {
    place: source.place(path),
    message: `${nameOf(path)} is ${found(value)}, expected ${wanted}`,
    hint: nearest ? `did you mean \`${nearest}\`?` : quoted ? 'put it in quotes' : null,
  }
}
