import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockFolder } from '../../runner/engine/lock.ts'
import { findCatalogue } from '../../runner/index.ts'
import { repository } from '../runner/engine/harness.ts'
import { makeBystanders } from './bystanders.ts'
import { type Ended, type Folder, killAt, newFolder } from './lab-process.ts'

/** The full form takes all labs; without SOAK two of them. */
const full = process.env.SOAK !== undefined
const labs = full ? (await findCatalogue(repository)).labs : ['identity-policies', 'ci-cd-repository-policy']

let folder: Folder
beforeEach(async () => {
  folder = await newFolder()
})
afterEach(() => folder.remove())

const codes = (ended: readonly Ended[]) => ended.map(({ code, out }) => ({ code, out: code === 0 ? '' : out }))
const passed = { code: 0, out: '' }

test('two isolated runs at once in one account pass, and clean up only their own', { timeout: 3_600_000 }, async () => {
  await folder.account(makeBystanders)
  const before = await folder.inventory()
  const line = ['run', ...labs, '--isolate']
  const [first, second] = await Promise.all([folder.lab(line), folder.lab(line)])
  expect(codes([first, second])).toEqual([passed, passed])
  const [one, two] = [runOf(first), runOf(second)]
  expect((await folder.lab(['teardown', '--run', one])).code).toBe(0)
  const between = await folder.inventory()
  expect(between).not.toContain(one)
  expect(between).toContain(two)
  expect((await folder.lab(['teardown', '--run', two])).code).toBe(0)
  expect(await folder.inventory()).toBe(before)
})

const runOf = ({ out }: Ended): string => /· run (\w+)/.exec(out)?.[1] ?? ''

test('two runs at once that are not isolated both pass: one after the other', async () => {
  const line = ['run', 'identity-policies', '--teardown']
  expect(codes(await Promise.all([folder.lab(line), folder.lab(line)]))).toEqual([passed, passed])
})

test('a second run waits for the one that holds the folder, says so, and goes on when it has ended', async () => {
  const release = await lockFolder(join(folder.path, '.lab'), () => undefined, new AbortController().signal)
  const waits = new RegExp(`another run \\(process ${process.pid}\\) is under way in this folder: waiting`)
  let released = false
  const ended = await folder.lab(['run', 'ecr-repositories', '--teardown'], {}, out => {
    if (released || !waits.test(out)) return
    released = true
    void release()
  })
  expect(codes([ended])).toEqual([passed])
  expect(released).toBe(true)
})

test('the lock of a run that was killed does not keep the next one waiting', async () => {
  expect((await folder.lab(['run', 'identity-policies'], killAt('after', 4))).signal).toBe('SIGKILL')
  const next = await folder.lab(['teardown'])
  expect(next.code, next.out).toBe(0)
  expect(next.out).not.toContain('waiting')
})
