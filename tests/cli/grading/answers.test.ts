import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { lab, packageFolder, temporaryFolder } from '../world-for-tests.ts'
import { gradedOf } from './class.ts'

const right = readFileSync(join(packageFolder, 'labs/identity-policies/policies/identity.json'), 'utf8')
  .replace('{{region}}', 'us-west-2')
  .replace('{{account}}', '111122223333')
const everything = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } })

const nested = (depth: number) => `{"Version":"2012-10-17","Statement":${'['.repeat(depth)}${']'.repeat(depth)}}`

/** What is handed in, and what it is worth of 4: 1 for the policy, 1 for team-a allowed, 2 for team-b denied. */
const kinds: readonly [string, number | null, (folder: string) => void][] = [
  ['right', 4, folder => write(folder, right)],
  ['right-in-a-folder', 4, folder => write(join(folder, 'identity-policies'), right)],
  ['right-in-other-words', 4, folder => write(folder, right.replace('"ecr:ListImages"', '"ECR:listimages"'))],
  ['too-much', 1, folder => write(folder, everything)],
  ['another-resource', 0, folder => write(folder, right.replace('team-a', 'team-b'))],
  ['a-template', 2, folder => write(folder, right.replace('us-west-2', '{{region}}'))],
  ['empty', 0, folder => write(folder, '')],
  ['nothing-in-it', 0, () => {}],
  ['not-json', 0, folder => write(folder, '{"Version":')],
  ['not-utf8', 0, folder => write(folder, Buffer.from([0x7b, 0xff, 0x7d]))],
  ['a-bomb', 0, folder => write(folder, '['.repeat(100_000))],
  ['ten-megabytes', 0, folder => write(folder, ' '.repeat(10_000_000))],
  ['a-deep-policy', 0, folder => write(folder, `{"Statement":${'['.repeat(60)}${']'.repeat(60)}}`)],
  ['no-policy', 0, folder => write(folder, '"text"')],
  ['a-bomb-of-nested-arrays', 0, folder => write(folder, nested(39))],
  ['twenty-thousand-keys', 0, folder => write(folder, `{${'"a":0,'.repeat(20_000)}"a":0}`)],
  ['a-path-out', 0, folder => write(folder, '{"file":"../../../labs/identity-policies/policies/identity.json"}')],
  ['a-template-of-the-environment', 2, folder => write(folder, right.replace('team-a', '{{env.HOME}}'))],
  ['a-prototype', 0, folder => write(folder, '{"__proto__":{"Version":"2012-10-17"},"constructor":{}}')],
  ['a-link-out', 0, folder => symlinkSync(secretFile, join(folder, 'identity.json'))],
  ['a-linked-folder', 0, folder => symlinkSync(join(packageFolder, 'labs'), join(folder, 'identity-policies'))],
  ['a-folder', 0, folder => mkdirSync(join(folder, 'identity.json'))],
  ['no-submission', null, () => {}],
]
const secretFile = join(packageFolder, 'package.json')

function write(folder: string, text: string | Buffer): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'identity.json'), text)
}

afterEach(() => vi.unstubAllEnvs())

/** As many as the issue asks for; without SOAK each kind once. */
const submissions = process.env.SOAK === undefined ? kinds.length : 200
const handedIn = Array.from({ length: submissions }, (_, index) => {
  const [kind, points, make] = kinds[index % kinds.length] ?? ['none', null, () => {}]
  return { name: `${kind}-${Math.floor(index / kinds.length)}`, points, make }
})

/** Every file of a folder and its folders with when it was changed, those of the grading itself left out. */
const state = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => !name.startsWith('.lab'))
    .map(name => `${name} ${lstatSync(join(folder, name)).mtimeMs}`)
    .sort()

test('each submission has its own verdict, and nothing outside of its sandbox is touched', async () => {
  const cwd = temporaryFolder({ labs: true })
  for (const { name, points, make } of handedIn) {
    const folder = join(cwd, 'submissions', name)
    if (points !== null) mkdirSync(folder, { recursive: true })
    make(folder)
  }
  const names = [...handedIn.map(({ name }) => name), '../../etc', '..']
  writeFileSync(join(cwd, 'class.csv'), ['student', ...names].join('\n'))
  const before = state(cwd)
  const temporary = temporaryFolder()
  vi.stubEnv('TMPDIR', temporary)
  const ran = await lab(
    ['verify', 'identity-policies', '--answers', 'submissions', '--roster', 'class.csv', '--parallel', '8', '--json'],
    { cwd },
  )
  const graded = gradedOf(ran.stdout)
  expect(graded.map(({ student, points }) => [student, points])).toEqual([
    ...handedIn.map(({ name, points }) => [name, points]),
    ['../../etc', null],
    ['..', null],
  ])
  expect(ran.exitCode).toBe(3)
  expect(state(cwd)).toEqual(before)
  expect(readdirSync(temporary)).toEqual([])
  expect(existsSync(join(cwd, '.lab', 'sandbox'))).toBe(false)
  expect(ran.stdout).not.toContain('devDependencies')
}, 900_000)

test('lab start makes what the lab needs and stubs; lab run --answers takes them, and names a file that is missing', async () => {
  const cwd = temporaryFolder({ labs: true })
  const started = await lab(['start', 'identity-policies'], { cwd })
  expect(started.exitCode, started.stderr).toBe(0)
  const file = join(cwd, 'answers/identity-policies/identity.json')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ Version: '2012-10-17', Statement: [] })
  const answers = ['--answers', 'answers/identity-policies']
  expect((await lab(['run', 'identity-policies', ...answers], { cwd })).exitCode).toBe(1)
  writeFileSync(file, right)
  expect((await lab(['start', 'identity-policies'], { cwd })).exitCode).toBe(0)
  expect(readFileSync(file, 'utf8')).toBe(right)
  const ran = await lab(['run', 'identity-policies', ...answers], { cwd })
  expect(ran.exitCode, ran.stdout).toBe(0)
  expect(ran.stdout).toContain('4/4 points')
  writeFileSync(file, '')
  const empty = await lab(['run', 'identity-policies', ...answers], { cwd })
  expect(empty.exitCode).toBe(2)
  expect(empty.stderr).toContain('is empty')
}, 120_000)
