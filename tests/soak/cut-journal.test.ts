import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeBystanders } from './bystanders.ts'
import { type Folder, newFolder } from './lab-process.ts'
import { folderOf, soakedLabs } from './soaked-labs.ts'

/**
 * The full form cuts every lab's journal at every line; without SOAK one lab's at some. Within a line a journal says the same wherever it is
 * cut (tests/runner/engine/journal.test.ts reads every byte), so that three cuts stand for all: before it, in its middle, before its end.
 */
const full = process.env.SOAK !== undefined

let folder: Folder
afterEach(() => folder.remove())

describe.each(full ? soakedLabs : ['identity-policies'])('%s', lab => {
  beforeEach(async () => {
    folder = await newFolder(folderOf(lab))
  })

  test('wherever its journal is cut, a teardown takes back what it tells of, and the search for orphans the rest', {
    timeout: 3_600_000,
  }, async () => {
    await folder.account(makeBystanders)
    const before = await folder.inventory()
    const atFirst = new Set(before.split('\n'))
    expect((await folder.lab(['run', lab])).code).toBe(0)
    const state = join(folder.path, '.lab')
    const saved = join(folder.path, 'kept')
    await cp(state, saved, { recursive: true })
    const [runId = ''] = await readdir(join(saved, 'runs'))
    const journal = join('runs', runId, 'journal.jsonl')
    const text = await readFile(join(saved, journal), 'utf8')
    const lines = text.split(/(?<=\n)/)
    const cuts = lines.flatMap((line, index) => {
      const start = Buffer.byteLength(lines.slice(0, index).join(''))
      return [start, start + Math.floor(Buffer.byteLength(line) / 2), start + Buffer.byteLength(line) - 1]
    })
    for (const cut of cuts.filter((_, index) => full || index % 4 === 1)) {
      await rm(state, { recursive: true })
      await cp(saved, state, { recursive: true })
      await writeFile(join(state, journal), Buffer.from(text).subarray(0, cut))
      const told = Buffer.from(text)
        .subarray(0, cut)
        .toString('utf8')
        .replace(/[^\n]*$/, '')
      const torn = await folder.lab(['teardown'])
      // Whom the lost part made is nobody's to the journal: IAM keeps the policy that is his permissions boundary, until he is found.
      const kept = /policy +(\S+)\n +it is the permissions boundary of/.exec(torn.out)?.[1] ?? null
      expect(torn.code, `${cut}: ${torn.out}`).toBe(kept === null ? 0 : 4)
      if (kept !== null) expect(text, torn.out).toContain('"permissions-boundary"')
      const keys = (await folder.inventory())
        .split('\n')
        .flatMap(line => (atFirst.has(line) ? [] : [line.split(' {')[0]]))
      const things = Array.from(
        told.matchAll(/"resource":\{"type":"(?:role|user|policy|repository)","name":"([^"]+)"/g),
      )
      for (const [, name = ''] of things.filter(([, name]) => name !== kept))
        expect(
          keys.filter(key => key?.toLowerCase().endsWith(name.toLowerCase())),
          `${cut}: ${torn.out}`,
        ).toEqual([])
      const swept = await folder.lab(['teardown', '--orphans', '--older-than', '0s', '--yes'])
      expect(swept.code, `${cut}: ${swept.out}`).toBe(0)
      if (kept !== null) expect(await folder.lab(['teardown'])).toMatchObject({ code: 0 })
      expect(await folder.inventory(), `${cut}: ${swept.out}`).toBe(before)
    }
  })
})
