import { isMap, LineCounter, parseDocument } from 'yaml'
import { DefinitionError } from '../../definition/definition-error.ts'
import { yamlFault } from '../../definition/yaml-fault.ts'

export interface FrontMatter {
  title: string | null
  needs: readonly string[] | null
  env: Readonly<Record<string, string>>
  /** How many lines of the file it takes, its fences counted. */
  lines: number
}

const none: FrontMatter = { title: null, needs: null, env: {}, lines: 0 }
const fenced = /^---[ \t]*\r?\n([\s\S]*?)(?:^|\r?\n)---[ \t]*(?:\r?\n|$)/
/** Hugo's other form. */
const toml = /^\+\+\+[ \t]*\r?\n([\s\S]*?)(?:^|\r?\n)\+\+\+[ \t]*(?:\r?\n|$)/

const linesOf = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0)

/**
 * Front matter as Hugo and Workshop Studio write it. Of its keys `title`, `needs` and `env` are ours, the others are theirs.
 * @throws DefinitionError where it cannot be read, or `needs` or `env` are not what they have to be
 */
export function readFrontMatter(file: string, source: string): FrontMatter {
  const other = toml.exec(source)
  if (other)
    return { ...none, title: /^title\s*=\s*["'](.*)["']/m.exec(other[1] ?? '')?.[1] ?? null, lines: linesOf(other[0]) }
  const found = fenced.exec(source)
  if (!found) return none
  const text = found[1] ?? ''
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false })
  const fail = (message: string, offset: number, hint: string | null = null) => {
    const { line, col } = counter.linePos(offset)
    return new DefinitionError([{ place: { file, line: line + 1, column: col }, message, hint }])
  }
  const [fault] = document.errors
  if (fault) {
    const { message, offset, hint } = yamlFault(fault, document, text)
    throw fail(`the front matter is no YAML: ${message}`, offset, hint)
  }
  const lines = linesOf(found[0])
  if (!isMap(document.contents)) return { ...none, lines }
  const data = document.toJS() as Record<string, unknown>
  const offsetOf = (key: string) =>
    (document.get(key, true) as { range?: [number, number, number] } | undefined)?.range?.[0] ?? 0
  const { title, needs, env } = data
  if (needs !== undefined && !(Array.isArray(needs) && needs.every(each => typeof each === 'string')))
    throw fail('`needs` is no list of lab ids', offsetOf('needs'), 'such as needs: [ecr-repositories]')
  if (env !== undefined && !isVariables(env))
    throw fail('`env` is no map of variables', offsetOf('env'), 'such as env: { ECR_REPO_A: team-a/alpine }')
  return {
    title: typeof title === 'string' ? title : null,
    needs: (needs as string[] | undefined) ?? null,
    env: Object.fromEntries(
      Object.entries((env as Record<string, unknown>) ?? {}).map(([name, value]) => [name, String(value)]),
    ),
    lines,
  }
}

const isVariables = (env: unknown): boolean =>
  typeof env === 'object' &&
  env !== null &&
  !Array.isArray(env) &&
  Object.entries(env).every(([name, value]) => /^[A-Za-z_]\w*$/.test(name) && typeof value !== 'object')
