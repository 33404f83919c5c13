import { basename } from 'node:path'
import type { Finding } from '../../check/finding.ts'
import { secretInFile } from '../../check/rules/secret-in-file.ts'
import { secretsOf } from '../../check/secrets.ts'
import { speaksOf, suppressionsIn } from '../../check/suppressions.ts'
import type { CheckedPages } from './checked-pages.ts'
import { pageRules } from './rules/index.ts'

export interface PagesChecked {
  /** In the order of the pages. */
  findings: Finding[]
  /** How many a comment has taken back. */
  suppressed: number
}

/** What the rules find in pages. A comment of the shell takes a finding back: `# lab-check-disable-next-line RULE: REASON`. */
export function checkPages(checked: CheckedPages): PagesChecked {
  const order = checked.pages.map(({ file }) => file)
  const { id: rule, severity: grave } = secretInFile
  const secrets = checked.pages
    .flatMap(({ file, source }) => secretsOf({ file, name: basename(file), text: source }))
    .map((found): Finding => ({ ...found, rule, severity: grave }))
  const all = pageRules
    .flatMap(({ id, severity, check }) => check(checked).map((found): Finding => ({ ...found, rule: id, severity })))
    .concat(secrets)
    .sort(
      ({ place: a }, { place: b }) =>
        order.indexOf(a.file) - order.indexOf(b.file) || a.line - b.line || a.column - b.column,
    )
  const comments = checked.pages.flatMap(({ file, source }) => suppressionsIn(file, source))
  const findings = all.filter(finding => !comments.some(comment => speaksOf(comment, finding)))
  return { findings, suppressed: all.length - findings.length }
}
