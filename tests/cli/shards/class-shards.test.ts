import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { grade, gradedOf, newClass, truthOf, withoutTimes, wrongVerdicts } from '../grading/class.ts'
import { lab } from '../world-for-tests.ts'

const count = 8
const column = ['--assignment', 'Lab 3 (123)']
const read = (cwd: string, name: string) => readFileSync(join(cwd, name), 'utf8')

/** A class whose roster has a line of nobody, graded as one, and in parts into `results`. */
async function gradedClass() {
  const cwd = await newClass(17)
  writeFileSync(join(cwd, 'class/roster.csv'), `${read(cwd, 'class/roster.csv')}short,123,,\n`)
  for (const name of ['one', 'merged']) cpSync(join(cwd, 'class/canvas.csv'), join(cwd, `${name}.canvas.csv`))
  const one = await grade(cwd, ...filesOf('one'), '--json')
  for (let index = count; index >= 1; index -= 1) {
    const ran = await grade(cwd, '--shard', `${index}/${count}`, '--out', 'results')
    expect([ran.exitCode, ran.stderr]).toEqual([0, ''])
    expect(ran.stdout).toContain(`shard ${index} of ${count}, by --shard: `)
  }
  return { cwd, one }
}

const filesOf = (name: string) => [
  ...['csv', 'markdown', 'gradescope'].flatMap(kind => ['--report', `${kind}=${name}.${kind}`]),
  ...['--gradebook', `canvas=${name}.canvas.csv`, ...column, '--feedback', `${name}.feedback`],
]

const textsOf = (cwd: string, name: string) =>
  Object.fromEntries(
    readdirSync(cwd, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(({ parentPath, name: file }) => join(parentPath, file).slice(cwd.length + 1))
      .filter(file => file.startsWith(`${name}.`))
      .map(file => [file.slice(name.length), read(cwd, file)]),
  )

test('eight shards merged give the same bytes as one grading; a gap, an overlap and a folder of other work are named', async () => {
  const { cwd, one } = await gradedClass()
  const merge = (...args: string[]) => lab(['merge', ...args], { cwd })
  const missing = join(cwd, 'results', `shard-3-of-${count}`)
  cpSync(missing, join(cwd, 'elsewhere'), { recursive: true })
  rmSync(missing, { recursive: true })
  const refused: [string[], string][] = [
    [['results'], `shard 3 of ${count} is missing`],
    [['results', 'elsewhere', join('results', `shard-2-of-${count}`)], `shard 2 of ${count} is there twice`],
    [['class'], 'no shard is in'],
    [[], '`lab merge` needs a folder'],
  ]
  for (const [folders, message] of refused) {
    const ran = await merge(...folders)
    expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining(message)])
  }
  const whole = await merge('results', 'elsewhere', ...filesOf('merged'), '--json')
  expect([whole.exitCode, one.exitCode]).toEqual([3, 3])
  expect(whole.stderr).toContain('line 19 (short)  not graded')
  expect(whole.stderr).toContain('17 of 18 students graded · 1 not graded')
  expect(textsOf(cwd, 'merged')).toEqual(textsOf(cwd, 'one'))
  expect(Object.keys(textsOf(cwd, 'one'))).toHaveLength(2 + 17 + 2 + 17)
  const [merged, graded] = [gradedOf(whole.stdout), gradedOf(one.stdout)]
  expect(withoutTimes(merged)).toEqual(withoutTimes(graded))
  expect(wrongVerdicts(cwd, merged)).toEqual([])
  expect(merged.map(({ student }) => student)).toEqual([...new Set(truthOf(cwd).map(({ student }) => student))])
  // What was merged is not added to.
  const late = await grade(cwd, '--shard', `1/${count}`, '--out', 'results')
  expect([late.exitCode, late.stderr]).toEqual([2, expect.stringContaining('were merged already')])
}, 300_000)

test('a part whose grader has no credentials ends with 3, and has no end of before to be merged; other work is refused first', async () => {
  const cwd = await newClass(2)
  const onAws = (shard: string) => grade(cwd, '--shard', shard, '--out', 'results', '--target', 'aws')
  const state = join(cwd, 'results/shard-1-of-1/shard.json')
  for (const round of ['first', 'next']) {
    const ran = await onAws('1/1')
    expect([round, ran.exitCode, ran.stderr]).toEqual([round, 3, expect.stringContaining('no usable credentials')])
    const merged = await lab(['merge', 'results'], { cwd })
    expect([merged.exitCode, merged.stderr]).toEqual([
      2,
      expect.stringContaining('shard 1 of 1 did not come to its end'),
    ])
    const ended = { ...JSON.parse(readFileSync(state, 'utf8')), endedAt: new Date(0).toISOString() }
    writeFileSync(state, JSON.stringify(ended))
  }
  const other = await onAws('1/2')
  expect([other.exitCode, other.stderr]).toEqual([2, expect.stringContaining('was divided into 1 shards')])
  writeFileSync(join(cwd, 'results/shard-1-of-1/merged.json'), '{}')
  const late = await onAws('1/1')
  expect([late.exitCode, late.stderr]).toEqual([2, expect.stringContaining('were merged already')])
}, 60_000)

test('a shard that is started again goes on, also when past durations have changed meanwhile; another work is refused', async () => {
  const cwd = await newClass(6)
  const first = await grade(cwd, '--shard', '1/2', '--out', 'results')
  expect(first.stdout).toContain('shard 1 of 2, by --shard: 3 students')
  const folder = join(cwd, 'results/shard-1-of-2')
  const state = JSON.parse(read(folder, 'shard.json'))
  const [line = ''] = read(folder, 'results.jsonl').split('\n')
  // As kill -9 leaves it: one result, half a second.
  writeFileSync(join(folder, 'shard.json'), JSON.stringify({ ...state, endedAt: null }))
  writeFileSync(join(folder, 'results.jsonl'), `${line}\n{"digest":"x","report":{"stud`)
  const early = await lab(['merge', 'results/shard-1-of-2', 'results'], { cwd })
  expect(early.stderr).toContain('shard 1 of 2')
  mkdirSync(join(cwd, '.lab/grading'), { recursive: true })
  writeFileSync(join(cwd, '.lab/grading/durations.json'), JSON.stringify({ 'student-1': 1, 'student-2': 90_000 }))
  const second = await grade(cwd, '--shard', '2/2', '--out', 'results')
  const again = await grade(cwd, '--shard', '1/2', '--out', 'results')
  expect([second.exitCode, again.exitCode]).toEqual([0, 0])
  expect(again.stdout).toContain('1 student had a result already')
  expect(read(folder, 'results.jsonl').split('\n').filter(Boolean)).toHaveLength(3)
  const other = await lab(
    ['verify', 'identity-policies', '--roster', 'class/roster.csv', '--shard', '1/2', '--out', 'results'],
    { cwd },
  )
  expect([other.exitCode, other.stderr]).toEqual([2, expect.stringContaining('holds other work: 2 shards of verify')])
  const many = await grade(cwd, '--shard', '1/3', '--out', 'results')
  expect(many.stderr).toContain('was divided into 2 shards')
  const merged = await lab(['merge', 'results', '--json'], { cwd })
  expect(merged.exitCode, merged.stderr).toBe(0)
  expect(wrongVerdicts(cwd, gradedOf(merged.stdout))).toEqual([])
  expect(gradedOf(merged.stdout)).toHaveLength(6)
}, 300_000)

test('past durations balance the parts: who takes long is alone', async () => {
  const cwd = await newClass(5)
  mkdirSync(join(cwd, '.lab/grading'), { recursive: true })
  const taken = { 'student-1': 10, 'student-2': 10, 'student-3': 60_000, 'student-4': 10, 'student-5': 10 }
  writeFileSync(join(cwd, '.lab/grading/durations.json'), JSON.stringify(taken))
  const ran = await grade(cwd, '--shard', '1/2', '--out', 'results')
  expect(ran.stdout).toContain('shard 1 of 2, by --shard: 1 student')
  expect(JSON.parse(read(cwd, 'results/plan.json')).shards).toEqual([
    ['student-3'],
    ['student-1', 'student-2', 'student-4', 'student-5'],
  ])
}, 120_000)

test('on machines that keep nothing but the volume of --out, a round is divided by what the one beside it took', async () => {
  const cwd = await newClass(5)
  const onFreshMachine = async (shard: string, out: string) => {
    rmSync(join(cwd, '.lab/grading'), { recursive: true, force: true })
    const ran = await grade(cwd, '--shard', shard, '--out', join('volume', out))
    expect([ran.exitCode, ran.stderr]).toEqual([0, ''])
  }
  const planOf = (round: string) => JSON.parse(read(cwd, `volume/${round}/plan.json`)).shards
  for (const shard of ['1/2', '2/2']) await onFreshMachine(shard, 'week-1')
  const states = ['1-of-2', '2-of-2'].map(name => join(cwd, `volume/week-1/shard-${name}/shard.json`))
  const told = states.map(file => JSON.parse(readFileSync(file, 'utf8')))
  expect(told.map(({ taken }) => Object.keys(taken))).toEqual(planOf('week-1'))
  for (const ms of told.flatMap(({ taken }) => Object.values(taken))) expect(ms).toBeGreaterThan(0)
  const slow = (name: string, round = 'week-1') => {
    for (const file of states.map(each => each.replace('week-1', round))) {
      const state = JSON.parse(readFileSync(file, 'utf8'))
      const taken = Object.fromEntries(Object.keys(state.taken).map(each => [each, each === name ? 60_000 : 10]))
      writeFileSync(file, JSON.stringify({ ...state, taken }))
    }
  }
  slow('student-3')
  await onFreshMachine('1/2', 'week-2')
  const alone = [['student-3'], ['student-1', 'student-2', 'student-4', 'student-5']]
  expect(planOf('week-2')).toEqual(alone)
  // What became known since does not divide a round anew that has begun.
  slow('student-5')
  for (const shard of ['2/2', '1/2']) await onFreshMachine(shard, 'week-2')
  expect(planOf('week-2')).toEqual(alone)
  const merged = await lab(['merge', 'volume/week-2', '--json'], { cwd })
  expect(merged.exitCode, merged.stderr).toBe(0)
  // Of two rounds the later one tells.
  slow('student-1', 'week-2')
  await onFreshMachine('1/2', 'week-3')
  expect(planOf('week-3')[0]).toEqual(['student-1'])
}, 240_000)

test.each([
  [['--report', 'csv=x.csv'], '`--report` with a shard'],
  [['--feedback', 'x'], '`--feedback` with a shard'],
  [['--student', 'student-1'], '`--student` with a shard'],
])('%s is refused with a shard of a class', async (flags, message) => {
  const cwd = await newClass(1)
  const ran = await grade(cwd, '--shard', '1/2', ...flags)
  expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining(message)])
  expect(existsSync(join(cwd, '.lab/shards'))).toBe(false)
})
