import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dryRun, findCatalogue } from '../../../runner/index.ts'
import { type Meddler, meddle } from '../../faults/meddler.ts'
import { openWorkshop, repository, type Workshop } from './harness.ts'

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

const { labs } = await findCatalogue(repository)

/** What a push sends: none of it when its layers are there already, or when it is refused on the way. */
const pushing = /^(InitiateLayerUpload|UploadLayerPart|CompleteLayerUpload|PutImage)$/

test.each(labs)('%s: a dry run tells every call of the real one, and sends none', async lab => {
  meddler.seen.length = 0
  const calls = await dryRun(await workshop.options([lab]))
  expect(meddler.seen).toEqual([])
  const told = workshop.events.flatMap(event => (event.type === 'would-send' ? [event] : []))
  expect(told).toHaveLength(calls)
  expect(await readdir(join(workshop.folder, '.lab')).catch(() => [])).toEqual([])

  await workshop.run([lab])
  const foretold = changing(told.map(({ operation }) => operation)).filter(
    each => !/^(HEAD|GET|POST|PATCH|PUT)$/.test(each),
  )
  // What no SDK client sends has no operation.
  const sent = changing(meddler.seen).filter(Boolean)
  const others = (all: string[]) => all.filter(each => !pushing.test(each)).sort()
  expect(others(foretold)).toEqual(others(sent))
  for (const each of new Set(sent.filter(one => pushing.test(one))))
    expect(foretold.filter(one => one === each).length).toBeGreaterThanOrEqual(sent.filter(one => one === each).length)
})

test('the calls of a lab whose steps come one after another are told in their order', async () => {
  await dryRun(await workshop.options(['repository-policies']))
  const told = workshop.events.flatMap(event => (event.type === 'would-send' ? [event.operation] : []))
  meddler.seen.length = 0
  await workshop.run(['repository-policies'])
  expect(changing(told)).toEqual(changing(meddler.seen))
})

test('what is not known before a step has run stands as `<after STEP>`', async () => {
  await dryRun(await workshop.options(['identity-policies']))
  const told = workshop.events.flatMap(event => (event.type === 'would-send' ? [event] : []))
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
