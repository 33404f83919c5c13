import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { lab } from './world-for-tests.ts'

const cwd = mkdtempSync(join(tmpdir(), 'accesslab-status-'))
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

test('status names the first accounts, not a whole class; --json has them all', async () => {
  expect((await lab(['sandbox', 'class', '--students', '12'], { cwd })).exitCode).toBe(0)
  const { stdout } = await lab(['sandbox', 'status'], { cwd })
  expect(stdout).toMatch(/^accounts: 111122223333, 444455556666(, \d{12}){3} and 9 more: lab sandbox account list$/m)
  const { accounts } = JSON.parse((await lab(['sandbox', 'status', '--json'], { cwd })).stdout)
  expect(accounts).toHaveLength(14)
})
