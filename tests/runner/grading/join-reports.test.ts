import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { joinReports } from '../../../runner/grading/join-reports.ts'
import { operations } from '../../../sandbox/operations.ts'
import { openWorkshop, type Workshop } from '../engine/harness.ts'
import { checksumOf } from './checksum.ts'

let workshop: Workshop
beforeEach(async () => {
  workshop = await openWorkshop()
})
afterEach(() => workshop.close())

const logOf = ({ folder }: Workshop): { service: string; operation: string }[] =>
  readFileSync(join(folder, 'sandbox', 'log.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))

test('every lab run with its own documents and then verified has full points, and no request of verify changes anything', async () => {
  const asked = workshop.catalogue.labs
  const { labs } = await workshop.options([...asked])
  const run = await workshop.run([...asked])
  const [before, calls] = [checksumOf(join(workshop.folder, 'sandbox')), logOf(workshop).length]
  const verify = await workshop.verify([...asked])
  expect(checksumOf(join(workshop.folder, 'sandbox'))).toBe(before)
  const changing = logOf(workshop)
    .slice(calls)
    .filter(({ service, operation }) => {
      const found = (operations as Record<string, Record<string, { effect: string }>>)[service]?.[operation]
      return found?.effect !== 'reads' && !/^(AssumeRole|GetAuthorizationToken)$/.test(operation)
    })
  expect(changing.map(({ service, operation }) => `${service}:${operation}`)).toEqual([])
  const joined = joinReports(run, verify, labs, { texts: new Map(), faults: new Map() })
  const short = (report: typeof verify) =>
    report.labs
      .filter(lab => lab.points !== lab.maxPoints || lab.status !== 'passed')
      .map(lab => `${lab.id} ${lab.points} ${lab.status}`)
  expect(short(verify)).toEqual([])
  expect(short(joined)).toEqual([])
}, 180_000)
