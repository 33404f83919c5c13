import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { packageFolder, temporaryFolder } from '../world-for-tests.ts'

/** The fenced blocks of a page, in order. */
const blocksOf = (page: string): string[] =>
  [...readFileSync(join(packageFolder, 'docs', page), 'utf8').matchAll(/^```\n([\s\S]*?)^```$/gm)].map(
    ([, text = '']) => text,
  )

/** Runs each block of a page as it is printed, in a folder with labs; gives the folder, and what each said. */
function printed(page: string): { cwd: string; said: string[] } {
  const cwd = temporaryFolder({ labs: true })
  const bin = join(cwd, 'bin')
  mkdirSync(bin)
  const shim = `#!/bin/sh\nexec '${process.execPath}' '${packageFolder}/dist/lab.js' "$@"\n`
  writeFileSync(join(bin, 'lab'), shim, { mode: 0o755 })
  const env = { PATH: [bin, process.env.PATH].join(delimiter), HOME: cwd }
  const said = blocksOf(page).map(block => {
    const ran = spawnSync('bash', ['-euo', 'pipefail', '-c', block], { cwd, env, encoding: 'utf8' })
    expect([block, ran.status, ran.stderr]).toEqual([block, 0, ran.stderr])
    return ran.stdout
  })
  return { cwd, said }
}

/** The cells of the last column of the rehearsal's Canvas export. */
const marksIn = (cwd: string): string[] =>
  readFileSync(join(cwd, 'class/canvas.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(2)
    .map(line => line.slice(line.lastIndexOf(',') + 1))

describe.skipIf(process.platform === 'win32')('each command of a page as it is printed', () => {
  test('docs/grading.md: from the accounts to the marks', () => {
    const { cwd, said } = printed('grading.md')
    expect(said).toHaveLength(7)
    expect(said).toContain('every point agrees\n')
    expect(said.at(-1)).toContain('1 of 1 student graded · 1 with full points')
    expect(marksIn(cwd)).toHaveLength(30)
    expect(marksIn(cwd).every(mark => /^[0-8]$/.test(mark))).toBe(true)
  }, 300_000)

  test('docs/scale.md: a class in parts, merged', () => {
    const { cwd, said } = printed('scale.md')
    expect(said).toHaveLength(1)
    expect(said[0]).toContain('20 of 20 students graded')
    expect(marksIn(cwd).filter(mark => /^[0-8]$/.test(mark))).toHaveLength(20)
  }, 300_000)
})
