import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dryRun } from '../../../runner/index.ts'
import { type Meddler, meddle } from '../../faults/meddler.ts'
import { openWorkshop, type Workshop } from './harness.ts'

let workshop: Workshop
let meddler: Meddler
beforeEach(async () => {
  workshop = await openWorkshop({
    through: async endpoint => {
      meddler = await meddle(endpoint, () => null)
      return meddler.endpoint
    },
  })
})
afterEach(async () => {
  await workshop.close()
  await meddler.close()
})

const changing = (operations: string[]) =>
  operations
    .map(each => each.replace(/^\w+:/, ''))
    .filter(each => !/^(Get|List|Describe|BatchGet|BatchCheck)/.test(each))

test('a dry run tells the calls of the real one, in order, and sends no changing one', async () => {
  meddler.seen.length = 0
  const calls = await dryRun(await workshop.options(['repository-policies']))
  expect(changing(meddler.seen)).toEqual([])
  const told = workshop.events.flatMap(event => (event.type === 'would-send' ? [event] : []))
  expect(told).toHaveLength(calls)
  expect(await readdir(join(workshop.folder, '.lab')).catch(() => [])).toEqual([])

  meddler.seen.length = 0
  await workshop.run(['repository-policies'])
  expect(changing(told.map(({ operation }) => operation))).toEqual(changing(meddler.seen))
  const attach = told.find(({ operation }) => operation === 'iam:AttachRolePolicy')
  expect(attach?.input).toEqual({ RoleName: 'ecr_access_teama_role', PolicyArn: '<after policy>' })
})

test('a dry teardown sends reads only, says what it would remove, and leaves the journal as it is', async () => {
  const { runId } = await workshop.run(['identity-policies'])
  const journal = join(workshop.folder, '.lab/runs', runId, 'journal.jsonl')
  const before = await readFile(journal, 'utf8')
  meddler.seen.length = 0
  workshop.events.length = 0
  const result = await workshop.teardown(undefined, { dryRun: true })
  expect(changing(meddler.seen)).toEqual([])
  expect(result).toMatchObject({ removed: 0, leftovers: [], exitCode: 0 })
  const notes = workshop.events.flatMap(event => (event.type === 'note' ? [event.text] : []))
  expect(notes).toEqual(expect.arrayContaining([expect.stringContaining('would remove role ecr_access_teama_role')]))
  expect(await readFile(journal, 'utf8')).toBe(before)
})
