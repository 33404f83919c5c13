import { expect, test } from 'vitest'
import { sarifLog } from '../../reports/sarif/sarif-log.ts'
import { sarif } from '../../reports/sarif.ts'
import { readSarif } from './read-sarif.ts'
import { labReport, mixedReport, reportOf, stepReport } from './sample-report.ts'

test('a run: a result for each outcome that is wrong or could not be judged, valid by the schema', () => {
  const { log, faults } = readSarif(sarif(mixedReport()))
  expect(faults).toEqual([])
  const { results, tool } = log.runs[0] ?? { results: [], tool: { driver: { rules: [] } } }
  expect(results.length).toBeGreaterThan(1)
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex ?? -1]?.id).toBe(ruleId)
})

test('a run in which all is well has no result', () => {
  const report = reportOf([labReport('one', 'passed', [stepReport('a', 'passed'), stepReport('b', 'skipped')])])
  expect(readSarif(sarif(report))).toMatchObject({ faults: [], log: { runs: [{ results: [] }] } })
})

test.each([
  ['labs/one/lab.yaml', 'labs/one/lab.yaml'],
  ['labs\\one\\lab.yaml', 'labs/one/lab.yaml'],
  ['my labs/ü.yaml', 'my%20labs/%C3%BC.yaml'],
  ['/tmp/a b', 'file:///tmp/a%20b'],
  ['C:\\labs\\lab.yaml', 'file:///C:/labs/lab.yaml'],
])('a file: %s', (file, uri) => {
  const text = sarifLog('1.2.3', [], [{ rule: 'r', level: 'note', message: 'm', file, line: 3, column: 4 }])
  const { log, faults } = readSarif(text)
  expect(faults).toEqual([])
  expect(log.runs[0]?.results[0]?.locations[0]?.physicalLocation).toEqual({
    artifactLocation: { uri },
    region: { startLine: 3, startColumn: 4 },
  })
})
