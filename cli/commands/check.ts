import { showFindings, summaryOf } from '../check/finding-lines.ts'
import { docsOf, exitCodeOf, type ShownFinding, shownFinding } from '../check/findings-json.ts'
import { checkFindingsKinds, type FindingsDocument, writeFindings } from '../check/findings-reports.ts'
import { lookAt } from '../check/look-at.ts'
import type { Command } from '../command.ts'
import { counted } from '../show/count.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import { tellErrors } from '../show/show-error.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'

/** Mending one thing may uncover another one of the same place; this many times is enough for all that are there. */
const rounds = 5

/**
 * `lab check`: what is wrong in labs and pages (ids, lab.yaml, labs.yaml, Markdown files; none: the whole catalogue), without running them.
 * With `--fix` what can be mended without a question is, and what is left is told.
 */
export const check: Command = async (world, args, options) => {
  checkFindingsKinds(options.report)
  const workplace = findWorkplace(world, options.config)
  const look = () => lookAt(world.cwd, workplace, args, () => catalogueOf(world, options.config))
  const paper = paperOf(world, options)
  let looked = await look()
  let mended = 0
  for (let round = 0; options.fix && round < rounds; round += 1) {
    const { applyFixes } = await import('../../runner/check/apply-fixes.ts')
    const done = await applyFixes(looked.findings)
    if (done.length === 0) break
    for (const each of done) {
      const { file, line, message, rule } = shownFinding(each, world.cwd)
      paper.line(`${file}:${line}: mended: ${message}  [${rule}]`)
    }
    mended += done.length
    looked = await look()
  }
  const { labs, pages, suppressed } = looked
  const findings = looked.findings.map(each => shownFinding(each, world.cwd))
  const exitCode = exitCodeOf(findings)
  const document: FindingsDocument = {
    ...{ schemaVersion: 1, exitCode, ...errorOf(findings), labs },
    ...(pages.length > 0 ? { pages } : {}),
    ...{ findings, suppressed },
    ...(options.fix ? { mended } : {}),
  }
  const { errors } = writeFindings(world.cwd, options.report, world.version, document)
  const ended = exitCode || (errors[0]?.exitCode ?? 0)
  if (options.json) writeJson(world, { ...document, exitCode: ended })
  showFindings(paper, findings)
  const last = mended > 0 ? `${counted(mended, 'finding')} mended · ` : ''
  if (!options.json) paper.line(`${last}${summaryOf(findings, labs.length, suppressed, pages.length)}`)
  await tellErrors(world, errors, 'reports that could not be written')
  return ended
}

/** The first error, as every command's `--json` gives it. */
function errorOf(findings: readonly ShownFinding[]) {
  const first = findings.find(({ severity }) => severity === 'error')
  if (!first) return {}
  const { rule, message, file, line, column, hint } = first
  return { error: { code: rule, message, file, line, column, hint: hint ?? `see ${docsOf(rule)}` } }
}
