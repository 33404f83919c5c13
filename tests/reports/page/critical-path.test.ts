import { expect, test } from 'vitest'
import { criticalPath } from '../../../reports/page/critical-path.ts'
import { labReport, stepReport } from '../sample-report.ts'

/** `began-ended` in milliseconds; `-`: skipped. */
const labOf = (id: string, steps: Readonly<Record<string, string>>) =>
  labReport(
    id,
    'passed',
    Object.entries(steps).map(([step, time]) => {
      const [began = 0, ended = 0] = time.split('-').map(Number)
      const times = { startedAt: new Date(began).toISOString(), durationMs: ended - began }
      return stepReport(step, time === '-' ? 'skipped' : 'passed', times)
    }),
  )

const cases: Record<string, [Record<string, Record<string, string>>, string[]]> = {
  'one lab: each step, and of a group the last to end': [
    { a: { one: '0-10', two: '10-30', three: '10-50', four: '50-60', never: '-' } },
    ['four', 'three', 'one'],
  ],
  'labs beside each other: the one that took longest': [
    { a: { one: '0-100', two: '100-200' }, b: { three: '0-300', four: '300-900' } },
    ['four', 'three'],
  ],
  'a lab that came after another': [
    { a: { one: '0-300' }, b: { two: '0-200' }, c: { three: '310-400', four: '401-500' } },
    ['four', 'three', 'one'],
  ],
  'a lab that began when nothing ended': [{ a: { one: '0-10' }, b: { two: '500-900' } }, ['two']],
  'steps that take no time end the search': [{ a: { one: '5-5', two: '5-5' } }, ['one', 'two']],
  'nothing was run': [{ a: { never: '-' } }, []],
}

test.each(Object.entries(cases))('%s', (_, [labs, path]) => {
  const report = { labs: Object.entries(labs).map(([id, steps]) => labOf(id, steps)) }
  expect([...criticalPath(report)].map(({ id }) => id)).toEqual(path)
})
