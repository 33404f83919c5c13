import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

/** What was done to which file or folder, in order. */
const done: string[] = []
const opened = new Map<unknown, string>()
/** How much a full disk takes of what is written; null: all. */
let room: number | null = null
/** How much it takes at a time. */
let atMost = Number.POSITIVE_INFINITY

/** Syncs that a slow disk has not done yet; null: it is quick. */
let held: (() => void)[] | null = null

vi.mock('node:fs', async original => {
  const real = await original<typeof import('node:fs')>()
  const of = (file: unknown) => opened.get(file) ?? '?'
  const openSync = (path: string, ...rest: [string, number]) => {
    const file = real.openSync(path, ...rest)
    opened.set(file, path)
    return file
  }
  const fsyncSync = (file: number) => {
    done.push(`sync ${of(file)}`)
    real.fsyncSync(file)
  }
  const fdatasync = (file: number, ended: (error: Error | null) => void) => {
    done.push(`sync ${of(file)}`)
    if (held) held.push(() => real.fdatasync(file, ended))
    else real.fdatasync(file, ended)
  }
  const writeSync = (file: number, text: string | Buffer) => {
    const bytes = Buffer.from(text)
    const taken = Math.min(room ?? bytes.length, bytes.length, atMost)
    if (taken === 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    done.push(`write ${of(file)}`)
    if (room !== null) room -= taken
    return real.writeSync(file, bytes.subarray(0, taken))
  }
  return { ...real, openSync, writeSync, fsyncSync, fdatasync }
})

const { Journal, readJournal } = await import('../../../runner/engine/journal.ts')

let folder: string
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'accesslab-disk-'))
  fs.mkdirSync(join(folder, 'runs', 'r1'), { recursive: true })
  done.length = 0
  room = null
  atMost = Number.POSITIVE_INFINITY
})
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

const pathOf = () => join(folder, 'runs', 'r1', 'journal.jsonl')
const labDone = (lab: string) => ({ event: 'lab-done', lab }) as const
const labsIn = (path: string) =>
  readJournal(fs.readFileSync(path, 'utf8')).map(event => (event.event === 'lab-done' ? event.lab : ''))

test('the folders of a new journal are on the disk before its first line is, and each line before anything else is done', async () => {
  const journal = Journal.open(pathOf())
  await journal.write(labDone('a'))
  await journal.close()
  expect(done).toEqual([
    `sync ${dirname(pathOf())}`,
    `sync ${join(folder, 'runs')}`,
    `sync ${folder}`,
    `sync ${dirname(folder)}`,
    `write ${pathOf()}`,
    `sync ${pathOf()}`,
  ])
})

test('a disk that is full says so by the name of the journal, and what is written once there is room is read', async () => {
  const journal = Journal.open(pathOf())
  await journal.write(labDone('before'))
  room = 9
  for (const _ of ['a part of it', 'nothing of it'])
    await expect(journal.write(labDone('lost'))).rejects.toThrow(
      expect.objectContaining({ exitCode: 3, message: `${pathOf()} cannot be written: ENOSPC` }),
    )
  room = null
  await journal.write(labDone('after'))
  await journal.close()
  expect(labsIn(pathOf())).toEqual(['before', 'after'])
})

test('a line of which the disk takes a piece at a time is whole', async () => {
  const journal = Journal.open(pathOf())
  atMost = 5
  await journal.write(labDone('ü'.repeat(20)))
  await journal.close()
  expect(done.filter(each => each.startsWith('write')).length).toBeGreaterThan(5)
  expect(labsIn(pathOf())).toEqual(['ü'.repeat(20)])
})

test('whoever writes waits until his line is on the disk, also where several write at once', async () => {
  const journal = Journal.open(pathOf())
  held = []
  const ended: string[] = []
  const writing = ['a', 'b', 'c'].map(lab => journal.write(labDone(lab)).then(() => ended.push(lab)))
  const turn = () => new Promise(resolve => setImmediate(resolve))
  await turn()
  expect(ended).toEqual([])
  const slow = held
  held = null
  for (const sync of slow) sync()
  await Promise.all(writing)
  expect(ended.sort()).toEqual(['a', 'b', 'c'])
  await journal.close()
})
