import { parseAllDocuments } from 'yaml'
import { type RowQuestion, readRow } from '../../policy/index.ts'
import { usageError } from '../../runner/lab-error.ts'
import { inUsersWords } from './policy-fault.ts'

/**
 * The one row of a text, JSON or YAML.
 * @param from the file, or `standard input`, for the error
 * @throws LabError (usage) with the place, or with what is wrong with the row
 */
export function rowOf(text: string, from: string): RowQuestion {
  const row = parsed(text.replace(/^\uFEFF/, ''), from)
  return inUsersWords(() => readRow(row), `${from}: `)
}

function parsed(text: string, from: string): unknown {
  if (text.trim() === '')
    throw usageError(`${from} is empty`, 'a row is {"principal": ..., "action": ..., "resource": ...}')
  try {
    return JSON.parse(text)
  } catch {
    const [document, second] = parseAllDocuments(text)
    const error = document && 'errors' in document ? document.errors[0] : undefined
    if (second || /^\s*\{.*\}\s*\n\s*\{/.test(text))
      throw usageError(`${from} holds more than one row`, 'rows, one a line, are read with --jsonl')
    if (error !== undefined) {
      const { line, col } = error.linePos?.[0] ?? { line: 1, col: 1 }
      const [problem = ''] = error.message.split(/ at line |\n/)
      throw usageError(`${from}:${line}:${col}: neither JSON nor YAML: ${problem}`)
    }
    return document?.toJS() as unknown
  }
}
