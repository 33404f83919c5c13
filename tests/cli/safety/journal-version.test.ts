import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lab, temporaryFolder } from '../world-for-tests.ts'

const started = { event: 'run', runId: 'r1', target: 'sandbox', accountId: '111122223333', region: 'us-west-2' }

/** A folder in which a run of some time left a journal and a report of these versions. */
function folderWith(v: unknown, schemaVersion: unknown = 1) {
  const cwd = temporaryFolder({ labs: true })
  const run = join(cwd, '.lab/runs/r1')
  mkdirSync(run, { recursive: true })
  const start = { ...started, v, endpoint: null, startedAt: '2026-01-01T00:00:00.000Z', isolated: false }
  writeFileSync(join(run, 'journal.jsonl'), `${JSON.stringify(start)}\n`)
  writeFileSync(join(run, 'report.json'), JSON.stringify({ schemaVersion }))
  return cwd
}

const lines = [
  'run ecr-repositories',
  'run ecr-repositories --isolate',
  'run ecr-repositories --dry-run',
  'verify ecr-repositories',
  'teardown',
  'teardown --dry-run',
  'status',
]

const later = [2, '`2`, expected `1`', 'upgrade'] as const

test.each([
  ...lines.map(line => [line, ...later] as const),
  ['teardown', undefined, '`none`, expected `1`', 'restore it'] as const,
  ['teardown', 'one', '`"one"`, expected `1`', 'restore it'] as const,
])('lab %s refuses a journal of version %s, saying which, and does nothing', async (line, v, found, hint) => {
  const cwd = folderWith(v)
  const ran = await lab([...line.split(' '), '--json'], { cwd })
  expect(ran.exitCode).toBe(2)
  const { error } = JSON.parse(ran.stdout)
  expect(error).toMatchObject({ code: 'journal', message: expect.stringContaining(found) })
  expect(error.message).toContain(join(cwd, '.lab/runs/r1/journal.jsonl'))
  expect(error.hint).toContain(hint)
  expect(readdirSync(join(cwd, '.lab/runs'))).toEqual(['r1'])
})

test.each(lines)('lab %s refuses a journal that has lost its first line, and does nothing', async line => {
  const cwd = folderWith(1)
  const file = join(cwd, '.lab/runs/r1/journal.jsonl')
  writeFileSync(file, `garbage\n${JSON.stringify({ event: 'lab-done', lab: 'ecr-repositories' })}\n`)
  const { exitCode, stderr } = await lab(line.split(' '), { cwd })
  expect(exitCode).toBe(2)
  expect(stderr).toContain(file)
  expect(stderr).toContain('lab teardown --orphans')
  expect(readdirSync(join(cwd, '.lab/runs'))).toEqual(['r1'])
})

test.each(lines)('lab %s ends with exit 3 where a journal cannot be read', async line => {
  const cwd = temporaryFolder({ labs: true })
  mkdirSync(join(cwd, '.lab/runs/r1/journal.jsonl'), { recursive: true })
  const { exitCode, stderr } = await lab(line.split(' '), { cwd })
  expect(exitCode).toBe(3)
  expect(stderr).toContain('journal.jsonl cannot be read: EISDIR')
})

test('lab doctor finds it, and goes on', async () => {
  const ran = await lab(['doctor', 'ecr-repositories', '--json'], { cwd: folderWith(2) })
  const { findings } = JSON.parse(ran.stdout)
  expect(ran.exitCode).toBe(2)
  expect(findings).toContainEqual(
    expect.objectContaining({ check: 'leftovers', status: 'problem', mend: expect.stringContaining('upgrade') }),
  )
  expect(findings.length).toBeGreaterThan(8)
})

test('a report of a later version is refused as such', async () => {
  const cwd = folderWith(1, 2)
  const { exitCode, stderr } = await lab(['report', 'r1'], { cwd })
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(/report\.json has schemaVersion `2`, expected `1`[\s\S]*upgrade/)
})
