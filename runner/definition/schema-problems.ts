import * as z from 'zod'
import type { Problem } from './definition-error.ts'
import { didYouMean, nearestName } from './nearest-name.ts'
import type { YamlSource } from './read-yaml.ts'
import { keysAt, schemasAt } from './schema-walk.ts'
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
 * name. `data` is the source's own unless it is seen differently (a kind without fields may be written empty).
 */
export function schemaProblems(source: YamlSource, schema: z.ZodType, data: unknown = source.data): Problem[] {
  const result = schema.safeParse(data)
  if (result.success) return []
  const found = result.error.issues.flatMap(issue => problemsOf(issue, [], { source, schema, data }))
  // A misspelt key is said once, not also as a missing one.
  const misspelt = new Set(found.flatMap(({ meant }) => meant ?? []))
  return found.filter(({ lacks }) => lacks === undefined || !misspelt.has(lacks)).map(({ problem }) => problem)
}

interface Finding {
  problem: Problem
  /** Path of the key that is missing, or that an unknown one was meant to be. */
  lacks?: string
  meant?: string
}

interface Checked {
  source: YamlSource
  schema: z.ZodType
  data: unknown
}

function problemsOf(issue: Issue, above: Path, checked: Checked): Finding[] {
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

function unknownKey(key: string, path: Path, { source, schema }: Checked): Finding {
  const owner = typeof path.at(-1) === 'string' ? ` in ${nameOf(path)}` : ''
  const keys = keysAt(schema, path)
  const nearest = nearestName(key, keys)
  const place = source.place([...path, key], 'key')
  const problem = { place, message: `unknown key \`${key}\`${owner}`, hint: didYouMean(key, keys), rule: 'unknown-key' }
  return nearest === null ? { problem } : { problem, meant: JSON.stringify([...path, nearest]) }
}

function badKey(issue: Issue & { code: 'invalid_key' }, path: Path, { source }: Checked): Finding {
  const wanted = issue.issues[0] ? expected(issue.issues[0]) : 'another key'
  const message = `the key ${nameOf(path)} is not usable, expected ${wanted}`
  return { problem: { place: source.place(path, 'key'), message, hint: null, rule: 'wrong-value' } }
}

function badValue(wanted: string, names: readonly string[], path: Path, checked: Checked): Finding {
  const { source, data } = checked
  const value = valueAt(data, path)
  const owner = valueAt(data, path.slice(0, -1))
  if (value === undefined && !(typeof owner === 'object' && owner !== null && (path.at(-1) ?? '') in owner)) {
    const holder = path.slice(0, -1)
    const holderName = typeof holder.at(-1) === 'number' ? 'the step' : nameOf(holder)
    const message = `${holderName} lacks ${nameOf(path)}, expected ${wanted}`
    const problem = { place: source.place(holder, 'key'), message, hint: null, rule: 'missing-key' }
    return { problem, lacks: JSON.stringify(path) }
  }
  const nearest = typeof value === 'string' ? nearestName(value, names) : null
  const quoted = /\btext\b/.test(wanted) ? asQuoted(value, path, checked) : { wanted: null, hint: null }
  const message = `${nameOf(path)} is ${found(value)}, expected ${quoted.wanted ?? wanted}`
  return {
    problem: {
      ...{ place: source.place(path), message, rule: 'wrong-value' },
      hint: nearest ? `did you mean \`${nearest}\`?` : quoted.hint,
    },
  }
}

/** Where a number or true stands for text: would it do in quotes, and if not, what would? */
function asQuoted(value: unknown, path: Path, { schema }: Checked): { wanted: string | null; hint: string | null } {
  if (typeof value !== 'number' && typeof value !== 'boolean') return { wanted: null, hint: null }
  const results = schemasAt(schema, path).map(each => z.safeParse(each, String(value)))
  if (results.some(({ success }) => success))
    return { wanted: null, hint: typeof value === 'number' ? 'put it in quotes' : null }
  const [issue] = results.length === 1 ? (results[0]?.error?.issues ?? []) : []
  return { wanted: issue && issue.code !== 'invalid_type' ? expected(issue) : null, hint: null }
}
