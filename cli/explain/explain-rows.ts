import type { World } from '../world.ts'
import { explained } from './explained.ts'
import { linesOf } from './lines-of.ts'
import { readAll } from './read-all.ts'

const written = (found: unknown): string => (JSON.stringify(found) ?? typeof found).slice(0, 60)

/** `text` of a row `{"text": "..."}`, or what is wrong with the row. */
function textOfRow(line: string): { text: string } | { message: string } {
  let row: unknown
  try {
    row = JSON.parse(line)
  } catch {
    return { message: `expected a JSON object, found \`${line.slice(0, 60)}\`` }
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    return { message: `expected an object with \`text\`, found \`${written(row)}\`` }
  const { text } = row as { text?: unknown }
  return typeof text === 'string'
    ? { text }
    : { message: `expected text as \`text\`, found \`${text === undefined ? 'none' : written(text)}\`` }
}

/**
 * `--jsonl`: a row in, a row out, each written when it is read. A row that cannot be read gives `{ error: { code, message, line } }`, and
 * exit code 2 at the end; empty lines are passed over.
 */
export async function explainRows(world: World, stream: AsyncIterable<string | Uint8Array>): Promise<0 | 2> {
  let exitCode: 0 | 2 = 0
  let number = 0
  for await (const line of linesOf(stream)) {
    number += 1
    if (line.trim() === '') continue
    const row = textOfRow(line)
    if ('message' in row) exitCode = 2
    const answer =
      'text' in row
        ? explained(readAll(row.text))
        : { error: { code: 'usage', message: row.message, line: number, hint: 'a row is {"text": "..."}' } }
    world.stdout.write(`${JSON.stringify(answer)}\n`)
  }
  return exitCode
}
