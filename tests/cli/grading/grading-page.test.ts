import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { packageFolder, temporaryFolder } from '../world-for-tests.ts'

/** The fenced blocks of the page, in order. */
const blocks = [
  ...readFileSync(join(packageFolder, 'docs/grading.md'), 'utf8').matchAll(/^```\n([\s\S]*?)^```$/gm),
].map(([, text = '']) => text)

test.skipIf(process.platform === 'win32')(
  'docs/grading.md: each command as it is printed, from the accounts to the marks',
  () => {
    const cwd = temporaryFolder({ labs: true })
    const bin = join(cwd, 'bin')
    mkdirSync(bin)
    writeFileSync(join(bin, 'lab'), `#!/bin/sh\nexec '${process.execPath}' '${packageFolder}/dist/lab.js' "$@"\n`, {
      mode: 0o755,
    })
    const env = { PATH: [bin, process.env.PATH].join(delimiter), HOME: cwd }
    const said = blocks.map(block => {
      const ran = spawnSync('bash', ['-euo', 'pipefail', '-c', block], { cwd, env, encoding: 'utf8' })
      expect([block, ran.status, ran.stderr]).toEqual([block, 0, ran.stderr])
      return ran.stdout
    })
    expect(said).toHaveLength(7)
    expect(said).toContain('every point agrees\n')
    expect(said.at(-1)).toContain('1 of 1 student graded · 1 with full points')
    const marks = readFileSync(join(cwd, 'class/canvas.csv'), 'utf8').trim().split('\n').slice(2)
    expect(marks).toHaveLength(30)
    expect(marks.every(line => /,[0-8]$/.test(line))).toBe(true)
  },
  300_000,
)
