import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { holdRun } from '../../../runner/engine/run-lock.ts'
import { accountOf, notPassed, openWorkshop, type Workshop } from './harness.ts'

let workshop: Workshop
beforeEach(async () => {
  workshop = await openWorkshop()
})
afterEach(() => workshop.close())

const folderOf = (runId: string) => join(workshop.labFolder, 'runs', runId)

test('a run that is under way says so, from its first step to its last, and then no more', async () => {
  const seen: boolean[] = []
  const report = await workshop.run(['ecr-repositories'], {
    isolate: true,
    emit: event => {
      const [runId] = event.type === 'run' ? [event.runId] : []
      if (runId) folder = folderOf(runId)
      if (event.type === 'step-done') seen.push(existsSync(join(folder, 'lock.json')))
    },
  })
  expect(seen).toEqual([true, true, true, true])
  expect((await readdir(folderOf(report.runId))).sort()).toEqual(['journal.jsonl', 'report.json'])
})
let folder = ''

test('a teardown leaves a run that is under way alone, says so, and takes the others', async () => {
  const first = await workshop.run(['ecr-repositories'], { isolate: true })
  const second = await workshop.run(['ecr-repositories'], { isolate: true })
  const release = await holdRun(folderOf(second.runId))
  const torn = await workshop.teardown()
  expect(torn.exitCode).toBe(4)
  expect(new Set(torn.leftovers.map(({ runId }) => runId))).toEqual(new Set([second.runId]))
  const notes = workshop.events.flatMap(event => (event.type === 'note' ? [event.text] : []))
  const lock = join(folderOf(second.runId), 'lock.json')
  expect(notes).toContain(
    `run ${second.runId} is under way (process ${process.pid}): what it made stays (if that process is no lab, delete ${lock})`,
  )
  expect((await accountOf(workshop)).filter(name => name.includes(first.runId))).toEqual([])
  expect(notPassed(second)).toEqual([])
  expect(await accountOf(workshop)).toHaveLength(2)
  await release()
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(await accountOf(workshop)).toEqual([])
})

test('a run that began while a teardown took hold of the others is under way, too', async () => {
  const first = await workshop.run(['ecr-repositories'], { isolate: true })
  // Somebody is about to say whose lock it is: the teardown has read the runs that there are, and waits.
  const lock = join(folderOf(first.runId), 'lock.json')
  writeFileSync(lock, '')
  const tearing = workshop.teardown()
  const second = await workshop.run(['ecr-repositories'], {
    isolate: true,
    emit: event => {
      if (event.type === 'step-done') rmSync(lock, { force: true })
    },
  })
  const torn = await tearing
  expect(notPassed(second)).toEqual([])
  expect((await accountOf(workshop)).filter(name => name.includes(second.runId))).toHaveLength(2)
  expect(torn.leftovers.map(({ runId }) => runId)).not.toContain(first.runId)
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
})
