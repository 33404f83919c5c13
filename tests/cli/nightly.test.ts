import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { readCommandLine } from '../../cli/read-command-line.ts'
import { reportFormats } from '../../reports/index.ts'
import { lab, packageFolder } from './world-for-tests.ts'

const read = (file: string) => readFileSync(join(packageFolder, 'examples/nightly', file), 'utf8')
const { jobs, permissions } = parse(read('labs.yml'))
const steps: { if?: string; run?: string; uses?: string }[] = jobs.labs.steps
const lines = steps.flatMap(({ run = '' }) =>
  [...run.matchAll(/npx lab (.*?)(?: 2>&1)?(?: \||$)/gm)].map(match => match[1] ?? ''),
)

test('the commands are there, with their flags', () => {
  const known = lines.map(line => readCommandLine(line.split(' ')))
  expect(known.map(each => ('spec' in each ? each.spec.name : each))).toEqual([
    'run',
    'teardown',
    'teardown',
    'history',
  ])
  const [run, , sweep] = known
  if (!run || !sweep || !('spec' in run) || !('spec' in sweep)) throw new Error('no commands')
  expect(run.options).toMatchObject({ all: true, teardown: true, isolate: true, target: 'aws', yes: true })
  for (const { kind } of run.options.report) expect(Object.keys(reportFormats)).toContain(kind)
  expect(sweep.options).toMatchObject({ orphans: true, yes: true, target: 'aws', olderThan: 24 * 3_600_000 })
})

test('cleaning up, the reports and the issue come after whatever happened', () => {
  const after = steps.slice(steps.findIndex(({ run = '' }) => run.includes('lab run')) + 1)
  expect(after).toHaveLength(6)
  for (const step of after) expect(step.if).toBe('always()')
})

test('no key is stored, and the job may do no more than it needs', () => {
  expect(read('labs.yml')).not.toMatch(/secrets\.|access.key/i)
  expect(permissions).toEqual({})
  expect(jobs.labs.permissions).toEqual({ contents: 'read', 'id-token': 'write', issues: 'write' })
})

test('no expression stands inside a script', () => {
  for (const { run = '' } of steps) expect(run).not.toContain('${{')
})

test.each(['run', 'teardown'])('permissions-%s.json is what lab permissions prints', async purpose => {
  const line = ['permissions', '--isolate', '--target', 'aws', '--for', purpose, '--json']
  const { policy, size } = JSON.parse((await lab(line, { cwd: packageFolder })).stdout)
  expect(JSON.parse(read(`permissions-${purpose}.json`))).toEqual(policy)
  expect(size).toBeLessThanOrEqual(6144)
})

test('the role can be taken by one branch of one repository', () => {
  const [statement] = JSON.parse(read('trust-policy.json')).Statement
  expect(Object.keys(statement.Condition)).toEqual(['StringEquals'])
  expect(Object.values(statement.Condition.StringEquals)).toEqual([
    'sts.amazonaws.com',
    [
      'repo:OWNER@OWNER_NUMBER/REPOSITORY@REPOSITORY_NUMBER:ref:refs/heads/main',
      'repo:OWNER/REPOSITORY:ref:refs/heads/main',
    ],
  ])
})

test('however much is to be told, the issue takes it: GitHub refuses more than 65,536 characters', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'accesslab-nightly-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const script = steps.at(-1)?.run ?? ''
  mkdirSync(join(folder, 'nightly'))
  mkdirSync(join(folder, 'bin'))
  writeFileSync(join(folder, 'nightly/run.log'), `wording changed: ${'x'.repeat(500)}\n`.repeat(400))
  writeFileSync(join(folder, 'nightly/summary.md'), 'a line of the summary\n'.repeat(10_000))
  writeFileSync(join(folder, 'bin/gh'), '#!/bin/sh\nexit 0\n', { mode: 0o755 })
  await execa('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    ...{ cwd: folder, extendEnv: false },
    env: { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, OUTCOME: 'failure', RUN_URL: 'https://x' },
  })
  const body = readFileSync(join(folder, 'issue.md'), 'utf8')
  expect(body).toContain('AWS words it otherwise')
  expect(body).toContain('a line of the summary')
  expect(body.length).toBeLessThan(65_536)
})
