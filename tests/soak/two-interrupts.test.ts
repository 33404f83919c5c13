import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeBystanders } from './bystanders.ts'
import { type Folder, newFolder } from './lab-process.ts'

let folder: Folder
beforeEach(async () => {
  folder = await newFolder()
})
afterEach(() => folder.remove())

/** Interrupts once, and once more while it cleans up; gives what it said. */
const interruptedTwice = (args: readonly string[]): Promise<{ code: number | null; out: string }> =>
  new Promise(ended => {
    const child = spawn(process.execPath, [join(resolve(import.meta.dirname, '../..'), 'dist/lab.js'), ...args], {
      cwd: folder.path,
      env: { PATH: process.env.PATH ?? '', HOME: folder.path },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let sent = 0
    const hear = (text: Buffer) => {
      out += text
      if (sent === 0 && out.includes('create-role')) {
        sent = 1
        child.kill('SIGINT')
      } else if (sent === 1 && out.includes('interrupted: ending')) {
        sent = 2
        child.kill('SIGINT')
      }
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('close', code => ended({ code, out }))
  })

test('Ctrl-C twice ends it at once, saying where to look; nothing is lost, and the next teardown waits for nobody', async () => {
  await folder.account(makeBystanders)
  const before = await folder.inventory()
  const { code, out } = await interruptedTwice(['run', '--all', '--teardown'])
  expect(code, out).toBe(130)
  expect(out).toContain('ended at once: lab status tells what is left, lab teardown takes it back')
  const torn = await folder.lab(['teardown'])
  expect(torn.code, torn.out).toBe(0)
  expect(torn.out).not.toContain('waiting')
  expect(await folder.inventory()).toBe(before)
}, 60_000)
