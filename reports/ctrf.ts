import type { Report, StepReport } from '../assertions/index.ts'
import { cleanText, oneLine } from './words/clean-text.ts'
import { jsonText } from './words/json-text.ts'
import { headline, isTrouble, type StepOfLab, stepsOf, storyLines, subjectOf } from './words/step-words.ts'

/** CTRF's words; it has none for what could not be judged. */
const statuses = { passed: 'passed', failed: 'failed', skipped: 'skipped', blocked: 'other', error: 'other' } as const

/**
 * The report in the Common Test Report Format. Asking again until AWS has settled is no retry of a test: attempts stand under `extra`.
 *
 * @see https://github.com/ctrf-io/ctrf/blob/main/schema/ctrf.schema.json
 */
export function ctrf(report: Report): string {
  const { tool, labs, startedAt, durationMs, runId, command, target, accountId, region, exitCode } = report
  const tests = stepsOf(report)
  const of = (status: (typeof statuses)[StepReport['status']]) =>
    tests.filter(({ step }) => statuses[step.status] === status).length
  const start = Date.parse(startedAt)
  const document = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    timestamp: new Date(start + durationMs).toISOString(),
    generatedBy: `${tool.name} ${tool.version}`,
    results: {
      tool: { name: tool.name, version: tool.version },
      summary: {
        tests: tests.length,
        passed: of('passed'),
        failed: of('failed'),
        skipped: of('skipped'),
        pending: 0,
        other: of('other'),
        suites: labs.length,
        start,
        stop: start + Math.round(durationMs),
      },
      tests: tests.map(testOf),
      environment: { testEnvironment: target, extra: { runId, command, accountId, region, exitCode } },
    },
  }
  return jsonText(document)
}

function testOf({ lab, step }: StepOfLab) {
  const { id, kind, status, startedAt, durationMs, file, line, evidence, attempts, points, maxPoints, actual } = step
  const start = Date.parse(startedAt)
  return {
    name: `${lab.id}/${id}`,
    status: statuses[status],
    duration: Math.round(durationMs),
    start,
    stop: start + Math.round(durationMs),
    suite: [lab.id],
    ...(status === 'passed' ? {} : { message: oneLine(headline(step)) }),
    ...(isTrouble(step) ? { trace: cleanText(storyLines(step).join('\n')) } : {}),
    line,
    rawStatus: status,
    tags: [kind, ...(lab.setUp ? ['set-up'] : [])],
    filePath: file,
    extra: {
      subject: oneLine(subjectOf(step)),
      ...{ evidence, attempts, points, maxPoints, requestId: actual?.requestId ?? null },
    },
  }
}
