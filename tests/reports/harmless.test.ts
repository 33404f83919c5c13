import { expect, test } from 'vitest'
import { annotations } from '../../reports/github/annotations.ts'
import { reportFormats } from '../../reports/index.ts'
import { harmfulReport, longReport, mixedReport } from './sample-report.ts'

const kinds = Object.keys(reportFormats)
const reports = { 'every outcome': mixedReport(), '500 steps': longReport(), 'harm in every text': harmfulReport() }

/** Escape sequences, control characters, halves of characters, marks that turn the reading order: nothing a viewer should be handed. */
const harmful = /[^\P{Cc}\t\n\r]|\p{Cs}|[\u202A-\u202E\u2066-\u2069]/u

test.each(kinds.flatMap(kind => Object.entries(reports).map(([name, report]) => [kind, name, report] as const)))(
  '%s, %s: no control character reaches a viewer, and the emoji does',
  (kind, _, report) => {
    const text = reportFormats[kind]?.(report) ?? ''
    expect(harmful.exec(text)).toBeNull()
    if (kind !== 'csv') expect(text).toContain('🎉')
  },
)

test.each(Object.entries(reports))(
  'annotations, %s: a line each, and no text of an answer begins a command',
  (_, report) => {
    for (const line of annotations(report, file => file)) {
      expect(harmful.exec(line)).toBeNull()
      expect(line).not.toMatch(/[\r\n]/)
      expect(line).toMatch(/^::(error|warning|notice) /)
    }
  },
)
