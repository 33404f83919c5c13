import { decideRow, idOfRow, PolicyError } from '../../policy/index.ts'
import { linesOf } from '../explain/lines-of.ts'
import type { World } from '../world.ts'

/** A row that cannot be decided: `line` counts from 1. */
interface BadRow {
  id: string | number | null
  error: { code: string; message: string; line: number }
}

function answerTo(text: string, line: number): ReturnType<typeof decideRow> | BadRow {
  let row: unknown
  try {
    row = JSON.parse(text)
  } catch {
    const message = `expected a JSON object a line, found \`${text.slice(0, 60)}\``
    return { id: null, error: { code: 'NotJson', message, line } }
  }
  try {
    return decideRow(row)
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    return { id: idOfRow(row), error: { code: error.code, message: error.message, line } }
  }
}

/**
 * `--jsonl`: a row in, `{ id, decision, policyType, statements }` out, each written when it is read. A row that cannot be decided gives
 * `{ id, error: { code, message, line } }`, and exit code 2 at the end; empty lines are passed over.
 */
export async function simulateRows(world: World, stream: AsyncIterable<string | Uint8Array>): Promise<0 | 2> {
  let exitCode: 0 | 2 = 0
  let number = 0
  for await (const line of linesOf(stream)) {
    number += 1
    if (line.trim() === '') continue
    const answer = answerTo(number === 1 ? line.replace(/^\uFEFF/, '') : line, number)
    if ('error' in answer) exitCode = 2
    world.stdout.write(`${JSON.stringify(answer)}\n`)
  }
  return exitCode
}
