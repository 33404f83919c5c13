import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { announce, identify, outsideListOf } from '../../../runner/engine/outside-list.ts'
import { removeStale } from '../../../runner/engine/remove-stale.ts'

let folder: string
let list: string
let file: string
const runs = () => join(folder, '.lab', 'runs')
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accesslab-stale-'))
  const page = join(runs(), 'r1', 'page')
  mkdirSync(page, { recursive: true })
  list = outsideListOf(page)
  file = join(folder, 'session.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = () => writeFileSync(file, '{}')
/** By somebody else, after the run: with a time of its own. */
const writeAnother = () => {
  rmSync(file, { force: true })
  writeFileSync(join(folder, 'other'), '{}')
  renameSync(join(folder, 'other'), file)
}
const inAnHour = () => new Date(Date.now() + 3_600_000)

test.each<[string, 'removed' | 'stays', () => Promise<void>]>([
  [
    'what a command wrote that came to its end',
    'removed',
    async () => {
      await announce(list, [file])
      write()
      await identify(list, [file])
    },
  ],
  [
    'what was written while a command ran that never came to its end',
    'removed',
    async () => {
      await announce(list, [file])
      write()
    },
  ],
  [
    'what somebody made anew since',
    'stays',
    async () => {
      await announce(list, [file])
      write()
      await identify(list, [file])
      writeAnother()
    },
  ],
  [
    'what somebody made after a command that did not make it',
    'stays',
    async () => {
      await announce(list, [file])
      await identify(list, [file])
      write()
    },
  ],
  [
    'what was born long after the run was killed in its command',
    'stays',
    async () => {
      await announce(list, [file])
      write()
      utimesSync(list, new Date(), new Date(Date.now() - 3_600_000))
    },
  ],
  [
    'what was there before the command',
    'stays',
    async () => {
      write()
      await announce(list, [file])
      writeFileSync(list, readFileSync(list, 'utf8').replace(/"at":\d+/, `"at":${inAnHour().getTime()}`))
      utimesSync(list, inAnHour(), inAnHour())
    },
  ],
  [
    'what is there on another machine that has a copy of the folder',
    'stays',
    async () => {
      await announce(list, [file])
      write()
      await identify(list, [file])
      cpSync(runs(), join(folder, 'copy'), { recursive: true, preserveTimestamps: true })
      rmSync(runs(), { recursive: true })
      renameSync(join(folder, 'copy'), runs())
    },
  ],
  [
    'what is there on another machine that shares the folder',
    'stays',
    async () => {
      await announce(list, [file])
      write()
      await identify(list, [file])
      writeFileSync(list, readFileSync(list, 'utf8').replace(/"host":"[^"]*"/, '"host":"another"'))
    },
  ],
  [
    'what a list of an older version names, without more',
    'stays',
    async () => {
      write()
      writeFileSync(list, `${JSON.stringify(file)}\n`)
    },
  ],
])('%s: %s', async (_, outcome, prepare) => {
  await prepare()
  const notes: string[] = []
  const told = () => removeStale(join(folder, '.lab'), event => notes.push(event.type === 'note' ? event.text : ''))
  await told()
  await told()
  expect(notes).toEqual([
    expect.stringContaining(outcome === 'stays' ? `${file} stays: a page of run r1` : `removed ${file}`),
  ])
  const there = () => readFileSync(file, 'utf8')
  if (outcome === 'stays') expect(there()).toBe('{}')
  else expect(there).toThrow('ENOENT')
})
