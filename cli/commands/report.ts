import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { html } from '../../reports/html.ts'
import { markdown } from '../../reports/markdown.ts'
import type { Command } from '../command.ts'
import { savedReport } from '../history/saved-report.ts'
import { openFile } from '../open-file.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import { tellErrors } from '../show/show-error.ts'
import { findWorkplace } from '../workplace.ts'
import { checkReportKinds, writeReports } from '../write-reports.ts'

/** `lab report`: a run's report again, from what the run kept. */
export const report: Command = async (world, [runId = ''], options) => {
  checkReportKinds(options.report)
  const { labFolder } = findWorkplace(world, options.config)
  const saved = await savedReport(labFolder, runId)
  const paper = paperOf(world, options)
  const { files, errors } = writeReports(world.cwd, options.report, saved.report)
  for (const { kind, path } of files) paper.line(`${kind} → ${path}`)
  await tellErrors(world, errors, 'reports that could not be written')
  if (options.json) writeJson(world, saved.report)
  if (options.open) {
    const page = join(saved.folder, 'report.html')
    await writeFile(page, html(saved.report), { mode: 0o600 })
    paper.line(page)
    await openFile(page)
  } else if (!options.json && options.report.length === 0) paper.line(markdown(saved.report).trimEnd())
  return errors[0]?.exitCode ?? 0
}
