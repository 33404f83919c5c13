import type { Report } from '../assertions/index.ts'

/** The report as one JSON document, schemaVersion 1: the same as `--json` prints. */
export const json = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`
