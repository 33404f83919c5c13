import type { Report } from '../assertions/index.ts'
import { csv } from './csv.ts'
import { ctrf } from './ctrf.ts'
import { gradescope } from './gradescope.ts'
import { html } from './html.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { sarif } from './sarif.ts'

/** A format: the report as the text of a file. */
export type ReportFormat = (report: Report) => string

/** Every kind of report, by its name in `--report KIND=PATH`. A test compares it with the folder. */
export const reportFormats: Readonly<Record<string, ReportFormat>> = {
  json,
  junit,
  ctrf,
  html,
  markdown,
  csv,
  gradescope,
  sarif,
}
