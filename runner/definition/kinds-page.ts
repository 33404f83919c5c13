import { stringify } from 'yaml'
import type { StepKind } from '../steps/step-kind.ts'
import { jsonSchemas } from './json-schema.ts'
import { isMap } from './raw-steps.ts'

export const pageMarks = ['<!-- kinds: generated -->', '<!-- end of kinds -->'] as const

/** Markdown of every step kind: what it does, its fields, an example. Made from the same schemas as the JSON Schema. */
export function kindsPage(kinds: readonly StepKind[]): string {
  const { definitions } = jsonSchemas(kinds)['lab.schema.json'] as { definitions: Record<string, unknown> }
  return kinds.map(kind => section(kind, definitions[kind.kind])).join('\n\n')
}

/** The page with the text between its marks replaced. */
export function withKinds(page: string, kinds: readonly StepKind[]): string {
  const [start, end] = pageMarks.map(mark => page.indexOf(mark))
  if (start === undefined || end === undefined || start < 0 || end < start)
    throw new Error(`the page lacks its marks ${pageMarks.join(' and ')}`)
  return `${page.slice(0, start + pageMarks[0].length)}\n\n${kindsPage(kinds)}\n\n${page.slice(end)}`
}

function section({ kind, summary, example }: StepKind, schema: unknown): string {
  const properties = isMap(schema) && isMap(schema.properties) ? schema.properties : {}
  const required = isMap(schema) && Array.isArray(schema.required) ? schema.required : []
  const fields = Object.entries(properties).map(([name, field]) => {
    const description = isMap(field) ? String(field.description ?? '') : ''
    return `- \`${name}\`${required.includes(name) ? ' (required)' : ''}: ${description}`
  })
  const yaml = stringify([{ [kind]: example }], { lineWidth: 110 }).trimEnd()
  return [
    `### ${kind}`,
    `${summary}.`,
    ...(fields.length > 0 ? [fields.join('\n')] : []),
    `\`\`\`yaml\n${yaml}\n\`\`\``,
  ].join('\n\n')
}
