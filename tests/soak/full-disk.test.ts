import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeBystanders } from './bystanders.ts'
import { type Folder, newFolder } from './lab-process.ts'

let folder: Folder
beforeEach(async () => {
  folder = await newFolder()
  await folder.account(makeBystanders)
})
afterEach(() => folder.remove())

/** Environment in which the disk is full from a line of the journal on. */
const fullAt = (line: number): Record<string, string> => ({
  NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'fail-at-line.mjs')).href}`,
  FAIL_AT: String(line),
})

test.each([
  ['the first line', 1],
  ['an intent', 4],
  ['a result', 5],
  ['the last result', 19],
])(
  'a disk that is full at %s of the journal: exit 3, it is said of which file, and nothing is lost',
  async (_, line) => {
    const before = await folder.inventory()
    const ended = await folder.lab(['run', 'identity-policies'], fullAt(line))
    expect(ended.code, ended.out).toBe(3)
    expect(ended.out).toMatch(/journal\.jsonl cannot be written: ENOSPC/)
    expect(ended.out).not.toMatch(/internal error|\n\s+at /)
    const torn = await folder.lab(['teardown'])
    expect(torn.code, torn.out).toBe(0)
    expect(await folder.inventory()).toBe(before)
  },
  60_000,
)

test('labs that run together: those under way come to an end, and nothing of them is lost', async () => {
  const before = await folder.inventory()
  const ended = await folder.lab(['run', '--all'], fullAt(45))
  expect(ended.code, ended.out).toBe(3)
  expect(ended.out).toMatch(/journal\.jsonl cannot be written: ENOSPC/)
  expect(ended.out).not.toMatch(/internal error|\n\s+at /)
  const torn = await folder.lab(['teardown'])
  expect(torn.code, torn.out).toBe(0)
  expect(await folder.inventory()).toBe(before)
}, 60_000)

test('with --teardown all is taken back at once, though nothing of it can be written down', async () => {
  const before = await folder.inventory()
  const ended = await folder.lab(['run', 'identity-policies', '--teardown'], fullAt(12))
  expect(ended.code, ended.out).toBe(3)
  expect(await folder.inventory(), ended.out).toBe(before)
  const torn = await folder.lab(['teardown'])
  expect(torn.code, torn.out).toBe(0)
}, 60_000)

test('a report that cannot be kept costs the verdict nothing: it is said, with exit 3', async () => {
  const ended = await folder.lab(['run', 'ecr-repositories', '--teardown'], fullAt(1000))
  expect(ended.code, ended.out).toBe(3)
  expect(ended.out).toMatch(/the report cannot be kept in .*: ENOSPC/)
  expect(ended.out).toMatch(/steps as expected/)
}, 60_000)
