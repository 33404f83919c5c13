import { expect, test } from 'vitest'
import type { LabReport, Report, StepReport, StepStatus } from '../../../assertions/index.ts'
import { codeOfParts } from '../../../runner/shards/code-of-parts.ts'

const labOf = (setUp: boolean, ...statuses: StepStatus[]) =>
  ({ setUp, status: statuses[0], steps: statuses.map(status => ({ status }) as StepReport) }) as LabReport
const part = (exitCode: number, ...labs: LabReport[]) => ({ exitCode, labs }) as Report

const passed = part(0, labOf(false, 'passed', 'skipped'))
const failed = part(1, labOf(false, 'failed'))
const outage = part(3, labOf(false, 'error', 'skipped'))
const absent = part(3, labOf(true, 'passed'), labOf(false, 'skipped', 'skipped'))
const absentByOutage = part(3, labOf(true, 'error'), labOf(false, 'skipped', 'skipped'))

test.each<[string, Report[], boolean, number]>([
  ['one that lacks an identity beside one that was judged', [passed, absent], true, 0],
  ['beside one that failed', [absent, failed], true, 1],
  ['beside an outage', [outage, absent], true, 3],
  ['beside one that passed, after an outage in what it needs', [passed, absentByOutage], true, 3],
  ['no other in the whole work', [absent, absent], true, 3],
  ['no other in this part of it: the others tell', [absent], false, 0],
  ['an outage in this part of it', [outage], false, 3],
  ['nothing to do', [], false, 0],
])('%s', (_, reports, whole, code) => expect(codeOfParts(reports, whole)).toBe(code))
