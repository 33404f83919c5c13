import { LabError } from '../lab-error.ts'
import { isFileDocument } from './file-document.ts'
import { jsonFault } from './json-syntax.ts'
import { type Template, templatesIn, wholeTemplate, withoutTemplates } from './template.ts'

/** What templates stand for in a run. `steps` holds outputs by step id, secrets taken out. */
export interface Scope {
  names: Readonly<Record<string, string>>
  vars: Readonly<Record<string, unknown>>
  steps: Readonly<Record<string, unknown>>
  account: string
  region: string
  run: { id: string; suffix: string }
  identities: Readonly<Record<string, { arn: string; account: string }>>
  env: Readonly<Record<string, string | undefined>>
}

/**
 * A value with its templates filled in, deep, keys included. A template that is the whole value keeps the type of what it stands for; in a
 * text it is put in as text. A FileDocument becomes its text; in JSON text the values are JSON-escaped. What was put in is not looked at
 * again. Throws LabError (usage) for a template that stands for nothing.
 */
export function resolveTemplates(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') return resolveText(value, scope)
  if (isFileDocument(value)) return value.verbatim ? value.text : fillJson(value.text, scope)
  if (Array.isArray(value)) return value.map(each => resolveTemplates(each, scope))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [fill(key, scope, asText), resolveTemplates(each, scope)]),
  )
}

function resolveText(text: string, scope: Scope): unknown {
  if (!text.includes('{{')) return text
  const whole = wholeTemplate(text)
  if (whole) return lookUp(whole, scope)
  const json = /^\s*[[{]/.test(text) && jsonFault(withoutTemplates(text)) === null
  return json ? fillJson(text, scope) : fill(text, scope, asText)
}

const asText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

function fill(text: string, scope: Scope, put: (value: unknown, before: string) => string): string {
  let result = ''
  let end = 0
  for (const match of templatesIn(text)) {
    if (match.template === null) throw unusable(match.text, 'it is not of the form {{root.name}}')
    const before = text.slice(end, match.offset)
    result += before + put(lookUp(match.template, scope), text.slice(0, match.offset))
    end = match.offset + match.text.length
  }
  return result + text.slice(end)
}

/** Inside a JSON string a value is escaped; outside of one it is a JSON value. */
const fillJson = (text: string, scope: Scope): string =>
  fill(text, scope, (value, before) =>
    endsInString(before) ? JSON.stringify(asText(value)).slice(1, -1) : JSON.stringify(value),
  )

/** true: the JSON text so far ends inside a string. */
function endsInString(text: string): boolean {
  let inside = false
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') inside = !inside
    else if (inside && text[at] === '\\') at++
  }
  return inside
}

function lookUp({ root, path }: Template, scope: Scope): unknown {
  const text = `{{${[root, ...path].join('.')}}}`
  let value: unknown = Object.hasOwn(scope, root) ? scope[root as keyof Scope] : undefined
  for (const segment of path) {
    const holds = typeof value === 'object' && value !== null && Object.hasOwn(value, segment)
    if (!holds) throw unusable(text, `there is no \`${segment}\``)
    value = (value as Record<string | number, unknown>)[segment]
  }
  if (value === undefined || value === null) throw unusable(text, 'it has no value')
  if (path.length === 0 && typeof value === 'object') throw unusable(text, 'a name must follow, as in `{{names.role}}`')
  return value
}

const unusable = (template: string, why: string): LabError =>
  new LabError(
    2,
    'template',
    `the template \`${template}\` cannot be filled in: ${why}`,
    'run `lab check` for the place of each template',
  )
