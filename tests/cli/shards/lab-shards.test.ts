import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withoutTimes } from '../grading/class.ts'
import { lab, temporaryFolder } from '../world-for-tests.ts'

const count = 8
/** Of parts, some have several, and one needs what others do. */
const labs = [
  ...['identity-policies', 'repository-policies', 'describe-repository', 'authorization-token'],
  ...['permissions-boundary', 'session-policy', 'tag-based-access', 'trust-policy', 'lockout'],
]

/** Ids that AWS and runs draw are no part of an outcome; what is left is in the folder where it was made. */
const comparable = (text: string): unknown => {
  const { leftovers: _, ...report } = withoutTimes(JSON.parse(text)) as Record<string, unknown>
  return JSON.parse(
    JSON.stringify(report)
      .replace(/\b(A(?:ROA|NPA|IDA|SIA|KIA)[A-Z0-9]{12,})\b/g, 'ID')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, 'TIME')
      .replace(/"accesslab:run","Value":"\w+"/g, '"accesslab:run","Value":"RUN"')
      .replace(/[^"]*runs\/\w{6}/g, 'runs/RUN'),
  )
}

test('lab run in eight parts, each in a folder of its own, and merged: the same report as one run but for times and ids, the same bytes of csv', async () => {
  const one = temporaryFolder({ labs: true })
  const whole = await lab(['run', ...labs, '--report', 'csv=one.csv', '--json'], { cwd: one })
  expect(whole.exitCode, whole.stderr).toBe(0)
  const out = temporaryFolder()
  for (let index = 1; index <= count; index += 1) {
    const env = { JOB_COMPLETION_INDEX: String(index - 1), LAB_SHARDS: String(count) }
    const ran = await lab(['run', ...labs, '--out', out], { cwd: temporaryFolder({ labs: true }), env })
    expect([ran.exitCode, ran.stderr]).toEqual([0, ''])
    expect(ran.stdout).toContain(`shard ${index} of ${count}, by a Kubernetes Indexed Job`)
  }
  const missing = join(out, `shard-5-of-${count}`)
  renameSync(missing, join(one, 'missing'))
  const gap = await lab(['merge', out, '--report', 'csv=merged.csv'], { cwd: one })
  expect([gap.exitCode, gap.stderr]).toEqual([2, expect.stringContaining(`shard 5 of ${count} is missing`)])
  renameSync(join(one, 'missing'), missing)
  const merged = await lab(['merge', out, '--report', 'csv=merged.csv', '--json'], { cwd: one })
  expect(merged.exitCode, merged.stderr).toBe(0)
  expect(readFileSync(join(one, 'merged.csv'), 'utf8')).toBe(readFileSync(join(one, 'one.csv'), 'utf8'))
  expect(comparable(merged.stdout)).toEqual(comparable(whole.stdout))
}, 180_000)

test('a shard of labs that is started again goes on with the labs that have no result, and an empty part is done', async () => {
  const cwd = temporaryFolder({ labs: true })
  const start = (shard: string) => lab(['run', 'authorization-token', 'trust-policy', '--shard', shard], { cwd })
  expect((await start('1/3')).exitCode).toBe(0)
  const empty = await start('3/3')
  expect([empty.exitCode, empty.stdout]).toEqual([
    0,
    expect.stringContaining('shard 3 of 3, by --shard: nothing to do'),
  ])
  const folder = join(cwd, '.lab/shards/shard-1-of-3')
  const [file = ''] = readdirSync(folder).filter(name => name.startsWith('authorization-token'))
  const before = readFileSync(join(folder, file), 'utf8')
  const again = await start('1/3')
  expect(again.stdout).toContain('authorization-token has its result already')
  expect(readFileSync(join(folder, file), 'utf8')).toBe(before)
  const gap = await lab(['merge', '.lab/shards'], { cwd })
  expect([gap.exitCode, gap.stderr]).toEqual([2, expect.stringContaining('shard 2 of 3 is missing')])
  expect((await start('2/3')).exitCode).toBe(0)
  rmSync(join(folder, file))
  const hole = await lab(['merge', '.lab/shards'], { cwd })
  expect(hole.stderr).toContain('shard 1 of 3 has no result of `authorization-token`')
}, 180_000)

test('a result that is not of a part’s own labs is refused by name, as one of a class is', async () => {
  const cwd = temporaryFolder({ labs: true })
  for (const shard of ['1/2', '2/2']) {
    const ran = await lab(['run', 'authorization-token', 'trust-policy', '--shard', shard], { cwd })
    expect(ran.exitCode, ran.stderr).toBe(0)
  }
  const [first, second] = ['1-of-2', '2-of-2'].map(name => join(cwd, '.lab/shards', `shard-${name}`)) as [
    string,
    string,
  ]
  const resultIn = (folder: string) => readdirSync(folder).find(name => /-[0-9a-f]{8}\.json$/.test(name)) ?? ''
  const [one, other] = [resultIn(first), resultIn(second)]
  const right = readFileSync(join(first, one), 'utf8')
  const cases: [() => void, string, () => void][] = [
    [
      () => cpSync(join(second, other), join(first, other)),
      'shard 1 of 2 has a result of `trust-policy`, which is another shard’s',
      () => rmSync(join(first, other)),
    ],
    [
      () => cpSync(join(second, other), join(first, 'lockout-01234567.json')),
      'shard 1 of 2 has a result that is nobody’s of this work: `',
      () => rmSync(join(first, 'lockout-01234567.json')),
    ],
    [
      () => cpSync(join(second, other), join(first, one)),
      'shard 1 of 2 has a result of `trust-policy` where that of `authorization-token` belongs',
      () => writeFileSync(join(first, one), right),
    ],
    [
      () => writeFileSync(join(first, one), '{}'),
      'shard 1 of 2 has no result of `authorization-token`',
      () => writeFileSync(join(first, one), right),
    ],
    [
      () => {
        cpSync(first, join(cwd, '.lab/shards/shard-3-of-2'), { recursive: true })
        const state = join(cwd, '.lab/shards/shard-3-of-2/shard.json')
        writeFileSync(state, JSON.stringify({ ...JSON.parse(readFileSync(state, 'utf8')), index: 3 }))
      },
      'shard-3-of-2` is shard 3 of a work that has 2',
      () => rmSync(join(cwd, '.lab/shards/shard-3-of-2'), { recursive: true }),
    ],
  ]
  for (const [put, message, takeBack] of cases) {
    put()
    const ran = await lab(['merge', '.lab/shards'], { cwd })
    expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining(message.replaceAll('’', "'"))])
    takeBack()
  }
  // What a part keeps for itself, and what it was writing when it was killed, is nobody's result.
  writeFileSync(join(first, `${one}.new`), '{"half')
  const merged = await lab(['merge', '.lab/shards'], { cwd })
  expect(merged.exitCode, merged.stderr).toBe(0)
  expect((await lab(['merge', '.lab/shards'], { cwd })).exitCode).toBe(0)
}, 180_000)

test('labs on machines that keep nothing but the volume of --out are divided by what the round beside it took', async () => {
  const volume = temporaryFolder()
  const labs = ['authorization-token', 'trust-policy', 'session-policy']
  const start = (shard: string, round: string) =>
    lab(['run', ...labs, '--shard', shard, '--out', join(volume, round)], { cwd: temporaryFolder({ labs: true }) })
  const taken: Record<string, number> = {}
  for (const shard of ['1/2', '2/2']) {
    expect((await start(shard, 'one')).exitCode).toBe(0)
    const state = join(volume, `one/shard-${shard.replace('/', '-of-')}/shard.json`)
    const told = JSON.parse(readFileSync(state, 'utf8'))
    Object.assign(taken, told.taken)
    const changed = Object.keys(told.taken).map(name => [name, name === 'session-policy' ? 9000 : 5])
    writeFileSync(state, JSON.stringify({ ...told, taken: Object.fromEntries(changed) }))
  }
  expect(Object.keys(taken).sort()).toEqual([...labs].sort())
  for (const ms of Object.values(taken)) expect(ms).toBeGreaterThan(0)
  const next = await start('1/2', 'two')
  expect(next.stdout).toContain('shard 1 of 2, by --shard: session-policy\n')
}, 180_000)

test('lab verify in eight parts and merged: the same report as one but for times and ids, the same bytes of csv', async () => {
  const cwd = temporaryFolder({ labs: true })
  const made = await lab(['run', ...labs], { cwd })
  expect(made.exitCode, made.stderr).toBe(0)
  const whole = await lab(['verify', ...labs, '--report', 'csv=one.csv', '--json'], { cwd })
  expect(whole.exitCode, whole.stderr).toBe(0)
  for (let index = 1; index <= count; index += 1) {
    const ran = await lab(['verify', ...labs, '--shard', `${index}/${count}`], { cwd })
    expect([ran.exitCode, ran.stderr]).toEqual([0, ''])
  }
  const merged = await lab(['merge', '.lab/shards', '--report', 'csv=merged.csv', '--json'], { cwd })
  expect(merged.exitCode, merged.stderr).toBe(0)
  expect(readFileSync(join(cwd, 'merged.csv'), 'utf8')).toBe(readFileSync(join(cwd, 'one.csv'), 'utf8'))
  expect(comparable(merged.stdout)).toEqual(comparable(whole.stdout))
}, 180_000)

test('verify in parts, too; the history of runs divides the labs by what they took', async () => {
  const cwd = temporaryFolder({ labs: true })
  expect((await lab(['run', 'authorization-token', 'trust-policy', 'session-policy'], { cwd })).exitCode).toBe(0)
  mkdirSync(join(cwd, '.lab/history'), { recursive: true })
  for (const index of ['1/2', '2/2']) {
    const ran = await lab(['verify', 'authorization-token', 'trust-policy', 'session-policy', '--shard', index], {
      cwd,
    })
    expect(ran.exitCode, ran.stderr).toBe(0)
  }
  const merged = await lab(['merge', '.lab/shards', '--json'], { cwd })
  expect(merged.exitCode, merged.stderr).toBe(0)
  expect(JSON.parse(merged.stdout).labs.map((each: { id: string; status: string }) => [each.id, each.status])).toEqual([
    ['authorization-token', 'passed'],
    ['trust-policy', 'passed'],
    ['session-policy', 'passed'],
  ])
  const history = join(cwd, '.lab/history', 'aaaaaa.json')
  const steps = (durationMs: number) => [{ id: 'a', durationMs }]
  const entry = {
    schemaVersion: 1,
    runId: 'aaaaaa',
    command: 'verify',
    startedAt: '2099-01-01T00:00:00Z',
    target: 'sandbox',
  }
  const taken = { 'authorization-token': 5, 'trust-policy': 5, 'session-policy': 9000 }
  writeFileSync(
    history,
    JSON.stringify({ ...entry, labs: Object.entries(taken).map(([id, ms]) => ({ id, steps: steps(ms) })) }),
  )
  const next = await lab(
    ['verify', 'authorization-token', 'trust-policy', 'session-policy', '--shard', '1/2', '--out', 'next'],
    { cwd },
  )
  expect(next.stdout).toContain('shard 1 of 2, by --shard: session-policy')
}, 180_000)
