import { withoutTemplates } from '../definition/template.ts'

/** Marks a template that stands where JSON wants a value, so that it can be put back without the quotes. */
const mark = 'accesslab-value:'

/** JSON of a document whose templates are not filled in: one that is a value by itself becomes a text. */
export function quoteTemplates(text: string): string {
  let quoted = ''
  let end = 0
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|\{\{[^{}]*\}\}/gs)) {
    if (!token.startsWith('{{')) continue
    quoted += `${text.slice(end, index)}"${mark}${token}"`
    end = index + token.length
  }
  return quoted + text.slice(end)
}

/** The document again, as it would be written. */
export const unquoteTemplates = (json: string): string =>
  json.replaceAll(new RegExp(`"${mark}(\\{\\{[^{}]*\\}\\})"`, 'g'), '$1')

/** A text that is JSON once its templates are filled in. */
export function isDocument(text: string): boolean {
  try {
    const value: unknown = JSON.parse(withoutTemplates(text))
    return typeof value === 'object' && value !== null && 'Statement' in value
  } catch {
    return false
  }
}
