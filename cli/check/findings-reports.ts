import { writeFileSync } from 'node:fs'
import { sarifLog } from '../../reports/sarif/sarif-log.ts'
import { everyRule } from '../../runner/check/every-rule.ts'
import { didYouMean } from '../../runner/definition/nearest-name.ts'
import { usageError } from '../../runner/lab-error.ts'
import type { Options } from '../options.ts'
import { type WrittenReports, writeEach } from '../report-files.ts'
import type { ShownFinding } from './findings-json.ts'

const formats: Readonly<Record<string, (version: string, document: FindingsDocument) => string>> = {
  json: (_, document) => `${JSON.stringify(document, null, 2)}\n`,
  sarif: (version, { findings }) => {
    const rules = everyRule()
      .filter(({ id }) => findings.some(({ rule }) => rule === id))
      .map(({ id, severity, summary, why }) => ({ id, level: severity, summary, why }))
    const results = findings.map(({ rule, severity, message, hint, file, line, column }) => ({
      ...{ rule, level: severity, file, line, column },
      message: hint === null ? message : `${message}: ${hint}`,
    }))
    return sarifLog(version, rules, results)
  },
}

/** The one document of `--json`. */
export interface FindingsDocument {
  schemaVersion: 1
  exitCode: number
  labs: readonly string[]
  pages?: readonly string[]
  findings: readonly ShownFinding[]
  suppressed: number
  /** With `--fix`: how many were. */
  mended?: number
}

/** Before anything is checked. @throws LabError (usage) for a kind that findings are not written as */
export function checkFindingsKinds(wanted: Options['report']): void {
  for (const { kind } of wanted)
    if (!Object.hasOwn(formats, kind))
      throw usageError(
        `\`lab check\` writes no report of the kind \`${kind}\``,
        didYouMean(kind, Object.keys(formats), 'it writes'),
      )
}

/** Writes each file of `--report`, whatever became of the others; folders are made. */
export const writeFindings = (
  cwd: string,
  wanted: Options['report'],
  version: string,
  document: FindingsDocument,
): WrittenReports =>
  writeEach(cwd, wanted, (kind, file) => writeFileSync(file, formats[kind]?.(version, document) ?? ''))
