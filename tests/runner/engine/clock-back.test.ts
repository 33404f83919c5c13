import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changedIn, labsOf, notPassed, openWorkshop, type Workshop } from './harness.ts'

const setting = (action: string) => `
steps:
  - id: policy
    set-repository-policy:
      repository-name: shared
      policy-text: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: "*", Action: "ecr:${action}" }] }
`

let workshop: Workshop
let remove: () => Promise<void>
beforeEach(async () => {
  const labs = await labsOf({ first: setting('ListImages'), second: setting('DescribeImages') })
  remove = labs.remove
  workshop = await openWorkshop({ labs: labs.folder })
})
afterEach(async () => {
  await workshop.close()
  await remove()
})

test('a clock that went back between two runs: what both changed is put back in the order in which it was changed', async () => {
  await workshop.call('ecr:CreateRepository', { repositoryName: 'shared' })
  const before = await changedIn(workshop)
  expect(notPassed(await workshop.run(['first']))).toEqual([])
  const { runId } = await workshop.run(['second'])
  const journal = join(workshop.labFolder, 'runs', runId, 'journal.jsonl')
  const text = await readFile(journal, 'utf8')
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString()
  await writeFile(journal, text.replace(/"startedAt":"[^"]+"/, `"startedAt":"${hourAgo}"`))
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(await changedIn(workshop)).toEqual(before)
})
