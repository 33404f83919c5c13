import { afterEach, expect, test } from 'vitest'
import { makeBystanders } from './bystanders.ts'
import { type Folder, killAt, newFolder } from './lab-process.ts'
import { full } from './seeds.ts'

let folder: Folder
afterEach(() => folder.remove())

/** So many lines a journal of all labs has at least. */
const least = 250
/** The full form ends runs all over the journal. */
const steps = full ? 40 : 2

const linesIn = (lines: number): number[] =>
  Array.from({ length: steps }, (_, index) => 2 + Math.floor(((index + 0.5) * lines) / steps))

const all = ['run', '--all', '--parallel', '16']

test('all labs at once, killed in the midst of several; torn down by another process, that is killed as well: nothing of ours, everything of theirs', {
  timeout: 3_600_000,
}, async () => {
  folder = await newFolder()
  await folder.account(makeBystanders)
  const before = await folder.inventory()
  for (const line of linesIn(least)) {
    const killed = await folder.lab(all, killAt('after', line))
    expect(killed.signal, `after ${line}: ${killed.out}`).toBe('SIGKILL')
    const cut = await folder.lab(['teardown', '--parallel', '16'], killAt('before', Math.max(1, Math.floor(line / 4))))
    const torn = await folder.lab(['teardown', '--parallel', '16'])
    expect([cut.signal, torn.code], `after ${line}: ${cut.out} ${torn.out}`).toEqual(['SIGKILL', 0])
    expect(await folder.inventory(), `after ${line}`).toBe(before)
  }
})

test('all labs at once, run again after a kill: replaced, and taken back at an interrupt', {
  timeout: 600_000,
}, async () => {
  folder = await newFolder()
  await folder.account(makeBystanders)
  const before = await folder.inventory()
  await folder.lab(all, killAt('after', 100))
  const again = await folder.lab(all)
  expect(again.code, again.out).toBe(0)
  const ended = await folder.lab([...all, '--teardown'], killAt('after', 150, 'SIGINT'))
  expect(ended.code, ended.out).toBe(130)
  expect((await folder.lab(['teardown'])).code).toBe(0)
  expect(await folder.inventory(), ended.out).toBe(before)
})
