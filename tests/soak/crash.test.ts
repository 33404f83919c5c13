import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeBystanders } from './bystanders.ts'
import { type Folder, killAt, newFolder } from './lab-process.ts'
import { folderOf, soakedLabs } from './soaked-labs.ts'

/** The full form ends a run at every line of its journal; without SOAK a few lines are drawn, the same every time. */
const full = process.env.SOAK !== undefined
const sampled = full ? soakedLabs : ['repository-policies', 'every-kind']

let folder: Folder
afterEach(() => folder.remove())

const drawn = (lines: number): number[] =>
  full ? Array.from({ length: lines }, (_, index) => index + 1) : [2, 3, Math.ceil(lines / 2), lines - 1]

describe.each(sampled)('%s', lab => {
  beforeEach(async () => {
    folder = await newFolder(folderOf(lab))
  })

  test('killed at a line of the journal, torn down by another process: nothing of ours, everything of theirs', {
    timeout: 3_600_000,
  }, async () => {
    await folder.account(makeBystanders)
    const before = await folder.inventory()
    expect((await folder.lab(['run', lab])).code).toBe(0)
    const lines = await folder.journalLines()
    expect((await folder.lab(['teardown'])).code).toBe(0)
    expect(await folder.inventory()).toBe(before)
    for (const line of drawn(lines))
      for (const when of ['before', 'after'] as const) {
        const killed = await folder.lab(['run', lab], killAt(when, line))
        expect(killed.signal, `${when} ${line}: ${killed.out}`).toBe('SIGKILL')
        const torn = await folder.lab(['teardown'])
        expect(torn.code, `${when} ${line}: ${torn.out}`).toBe(0)
        expect(await folder.inventory(), `${when} ${line}`).toBe(before)
      }
  })

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s with --teardown: nothing left, exit 130',
    { timeout: 600_000 },
    async signal => {
      await folder.account(makeBystanders)
      const before = await folder.inventory()
      const lines = full ? [2, 5, 9, 13] : [5]
      for (const line of lines) {
        const ended = await folder.lab(['run', lab, '--teardown'], killAt('after', line, signal))
        expect(ended.code, ended.out).toBe(130)
        expect(await folder.inventory(), ended.out).toBe(before)
      }
    },
  )
})

test('run again after a kill needs no thought', { timeout: 300_000 }, async () => {
  folder = await newFolder()
  for (const line of [3, 8]) {
    await folder.lab(['run', 'identity-policies'], killAt('after', line))
    const again = await folder.lab(['run', 'identity-policies'])
    expect(again.code, again.out).toBe(0)
  }
  expect((await folder.lab(['teardown'])).code).toBe(0)
})
