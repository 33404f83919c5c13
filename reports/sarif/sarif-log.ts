import { cleanText } from '../words/clean-text.ts'

export type SarifLevel = 'error' | 'warning' | 'note'

export interface SarifRule {
  id: string
  level: SarifLevel
  /** A sentence. */
  summary: string
  why: string
}

export interface SarifResult {
  rule: string
  level: SarifLevel
  message: string
  /** Relative to the folder that is looked at, else absolute. */
  file: string
  line: number
  /** UTF-16 units from 1; null: the line as a whole. */
  column: number | null
}

/** Percent-encoded, with forward slashes: a relative path stays relative. */
function uriOf(file: string): string {
  const path = cleanText(file).replaceAll('\\', '/')
  const uri = path.split('/').map(encodeURIComponent).join('/')
  return path.startsWith('/') ? `file://${uri}` : /^[A-Za-z]:\//.test(path) ? `file:///${uri.replace('%3A', ':')}` : uri
}

/**
 * A SARIF 2.1.0 log of one run of the tool, as code scanning of GitHub and others take it.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifLog(version: string, rules: readonly SarifRule[], results: readonly SarifResult[]): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'accesslab',
            semanticVersion: cleanText(version),
            rules: rules.map(({ id, level, summary, why }) => ({
              id,
              shortDescription: { text: summary },
              fullDescription: { text: why },
              help: { text: why },
              defaultConfiguration: { level },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: results.map(result => resultOf(result, rules)),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function resultOf({ rule, level, message, file, line, column }: SarifResult, rules: readonly SarifRule[]) {
  const index = rules.findIndex(({ id }) => id === rule)
  const region = { startLine: line, ...(column === null ? {} : { startColumn: column }) }
  return {
    ruleId: rule,
    ...(index < 0 ? {} : { ruleIndex: index }),
    level,
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } }],
  }
}
