import type { Report } from '../assertions/index.ts'
import { jsonText } from './words/json-text.ts'

/** The report as one JSON document, schemaVersion 1: the same as `--json` prints. */
export const json = (report: Report): string => jsonText(report)
