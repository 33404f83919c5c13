import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import type { Report } from '../../../assertions/index.ts'
import { lab, temporaryFolder } from '../world-for-tests.ts'

const has = (program: string): boolean => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
/** Why pages cannot be run here; null: they can. */
const missing = ['bash', 'aws', 'jq'].find(program => !has(program)) ?? null
const env = { PATH: process.env.PATH }
const second = 120_000

/** A folder with the labs and copies of the two pages. */
function folder(): string {
  const cwd = temporaryFolder({ labs: true })
  for (const name of ['first.md', 'second.md']) cpSync(join(import.meta.dirname, name), join(cwd, name))
  return cwd
}

const reportOf = (text: string) => JSON.parse(text) as Report
const stepsOf = (report: Report, id: string) => report.labs.find(each => each.id === id)?.steps ?? []
const filesBelow = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true }).filter(each => each.isFile())

describe.skipIf(missing !== null)(`pages are run (needs bash, aws and jq${missing ? `: no ${missing}` : ''})`, () => {
  test('two pages in one shell, what they leave, and its end', { timeout: second }, async () => {
    const cwd = folder()
    const ran = await lab(['run', 'first.md', 'second.md', '--json', '--report', 'junit=out.xml'], { cwd, env })
    const report = reportOf(ran.stdout)
    expect(report.labs.map(({ id, setUp, status }) => [id, setUp, status])).toEqual([
      ['ecr-repositories', true, 'passed'],
      ['first.md', false, 'passed'],
      ['second.md', false, 'passed'],
    ])
    const steps = stepsOf(report, 'first.md')
    expect(steps.map(({ id, line, status }) => `${id}:${line} ${status}`)).toEqual([
      'step-1:13 passed',
      'step-1-2:14 passed',
      'step-1-3:15 passed',
      'step-2:21 passed',
      'step-2-2:25 passed',
      'step-2-3:28 passed',
      'step-3:34 passed',
      'step-3-2:35 passed',
      'step-4:46 passed',
      'step-5:60 passed',
    ])
    expect(steps.at(-1)?.actual).toMatchObject({ outcome: 'denied', denial: { decision: 'implicitDeny' } })
    expect(stepsOf(report, 'second.md').map(({ status }) => status)).toEqual(['passed', 'passed'])
    expect(ran.stderr).toContain('first.md:35: step-3-2 overwrites ~/.aws/credentials')
    expect(ran.stderr).toContain('ecr-repositories came first')
    expect(ran.stderr).toContain('second.md:19: left out: there is nothing to see')
    expect(readFileSync(join(cwd, 'out.xml'), 'utf8')).toContain('first.md')

    const journal = readFileSync(join(cwd, '.lab/runs', report.runId, 'journal.jsonl'), 'utf8')
    const events = journal
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    const intents = events.filter(({ event, lab: of }) => event === 'intent' && of !== 'ecr-repositories')
    expect(intents.map(({ kind, step }) => `${step} ${kind}`)).toEqual([
      'step-2-2 create-role',
      'step-2-3 put-role-policy',
      'step-1 set-repository-policy',
    ])
    const role = events.find(({ event, seq }) => event === 'result' && seq === intents[0].seq)
    expect(role).toMatchObject({ result: 'done', remember: { uniqueId: expect.stringMatching(/^AROA/) } })

    expect(existsSync(join(cwd, '.lab/runs', report.runId, 'page'))).toBe(false)
    const everything = filesBelow(join(cwd, '.lab')).map(each =>
      readFileSync(join(each.parentPath, each.name), 'latin1'),
    )
    expect(everything.filter(text => /"(SecretAccessKey|SessionToken)": ?"(?!\[secret\])/.test(text))).toEqual([])

    const { runs } = JSON.parse((await lab(['history', '--json'], { cwd })).stdout)
    const ours = runs.find(({ runId }: { runId: string }) => runId === report.runId)
    expect(ours.labs).toContainEqual({ id: 'first.md', status: 'passed' })
    const again = await lab(['run', 'first.md', '--teardown'], { cwd, env })
    expect(again.stdout).toContain('replacing what an earlier run left of')
    expect(again.exitCode).toBe(0)
    expect((await lab(['teardown', '--json'], { cwd })).exitCode).toBe(0)
    expect((await lab(['status'], { cwd })).stdout).toBe('nothing is left of any run\n')
  })

  test('a name that nothing makes is found, with its line', { timeout: second }, async () => {
    const cwd = folder()
    const page = readFileSync(join(cwd, 'second.md'), 'utf8')
    writeFileSync(join(cwd, 'second.md'), page.replace('role/page_reader', 'role/reader'))
    const { exitCode, stdout, stderr } = await lab(['run', 'first.md', 'second.md', '--json', '--teardown'], {
      cwd,
      env,
    })
    expect(exitCode).toBe(1)
    const [failed, ...others] = stepsOf(reportOf(stdout), 'second.md')
    expect(failed).toMatchObject({ status: 'failed', line: 6, actual: { code: 'InvalidParameterException' } })
    expect(failed?.hint).toContain('second.md:7: the role `reader` is named here, and nothing makes it')
    expect(others.map(({ status }) => status)).toEqual(['skipped'])
    expect(stderr).toContain('second.md:7: the role `reader` is named here')
  })

  test('--update rewrites what drifted, and nothing else', { timeout: second }, async () => {
    const cwd = folder()
    const file = join(cwd, 'first.md')
    const whole = readFileSync(file, 'utf8')
    const drifted = whole.replace('"imageTag": "v1"', '"imageTag": "v0"').replaceAll('\n', '\r\n')
    writeFileSync(file, drifted)
    const { exitCode, stdout } = await lab(['run', 'first.md', '--update', '--teardown'], { cwd, env })
    expect({ exitCode, told: stdout.includes('first.md:47: the output block is rewritten') }).toEqual({
      exitCode: 0,
      told: true,
    })
    const digest = /sha256:\w{64}/
    expect(readFileSync(file, 'utf8').replace(digest, '')).toBe(whole.replaceAll('\n', '\r\n').replace(digest, ''))
  })

  test('--update does not write a broken page over', { timeout: second }, async () => {
    const cwd = folder()
    const file = join(cwd, 'first.md')
    const broken = readFileSync(file, 'utf8').replace('repository/team-a/*', 'repository/team-b/*')
    writeFileSync(file, broken)
    const { exitCode, stdout } = await lab(['run', 'first.md', '--update', '--teardown', '--json'], { cwd, env })
    expect(exitCode).toBe(1)
    expect(
      stepsOf(reportOf(stdout), 'first.md')
        .slice(-2)
        .map(({ status }) => status),
    ).toEqual(['failed', 'failed'])
    expect(readFileSync(file, 'utf8')).toBe(broken)
  })

  test('a dry run sends nothing', { timeout: second }, async () => {
    const cwd = folder()
    const { exitCode, stdout } = await lab(['run', 'first.md', 'second.md', '--dry-run', '--json'], { cwd, env })
    const { calls } = JSON.parse(stdout) as { calls: { operation: string }[] }
    expect({ exitCode, calls: calls.map(({ operation }) => operation).slice(-6) }).toEqual({
      exitCode: 0,
      calls: [
        'iam:PutRolePolicy',
        'sts:AssumeRole',
        'ecr:ListImages',
        'ecr:ListImages',
        'ecr:SetRepositoryPolicy',
        'ecr:ListImages',
      ],
    })
    expect(existsSync(join(cwd, '.lab/runs'))).toBe(false)
    expect(readdirSync(join(cwd, '.lab')).filter(name => name.startsWith('rehearsal'))).toEqual([])
  })

  test('what no journal can name is refused', { timeout: second }, async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 'other.md'), '```bash\naws s3 mb s3://a-bucket\n```\n')
    const { exitCode, stdout } = await lab(['run', 'other.md', '--json'], { cwd, env })
    expect(exitCode).toBe(1)
    expect(stepsOf(reportOf(stdout), 'other.md')[0]?.actual?.message).toContain('`aws s3 mb` may change something')
  })
})

test('pages of labs.yaml join --all, with what it says of them', async () => {
  const cwd = temporaryFolder({ labs: true })
  const catalogue = parseDocument(readFileSync(join(cwd, 'labs.yaml'), 'utf8'))
  catalogue.set('labs', ['ecr-repositories'])
  catalogue.set('pages', [{ page: 'pages/*.md', needs: ['ecr-repositories'], env: { WHO: 'you' } }])
  writeFileSync(join(cwd, 'labs.yaml'), String(catalogue))
  cpSync(import.meta.dirname, join(cwd, 'pages'), { recursive: true, filter: path => !path.endsWith('.md') })
  writeFileSync(join(cwd, 'pages', 'b.md'), '```bash\ntest "$LEFT" = here && test "$ECR_REPO_A" = team-a/alpine\n```\n')
  writeFileSync(
    join(cwd, 'pages', 'a.md'),
    '```bash\nLEFT=here\necho "hello $WHO"\n```\nOutput:\n```\nhello you\n```\n',
  )
  const { exitCode, stdout } = await lab(['run', '--all', '--teardown', '--json'], { cwd, env })
  const { labs } = reportOf(stdout)
  expect({ exitCode, labs: labs.map(({ id, status }) => `${id} ${status}`) }).toEqual({
    exitCode: 0,
    labs: ['ecr-repositories passed', 'pages/a.md passed', 'pages/b.md passed'],
  })
})

test.each([
  [['run', 'none.md'], 'there is no file `none.md`'],
  [['run', 'empty.md'], '`empty.md` has no commands'],
  [['run', 'first.md', '--isolate'], '`--isolate` with pages'],
  [['run', 'ecr-repositories', '--update'], '`--update` without a page'],
  [['run', 'first.md', '--all'], '`--all` and `first.md` together'],
  [['run', 'needs.md'], 'needs.md:2:9: there is no lab `ecr-repos` to need'],
  [['run', 'folder.md'], '`folder.md` is not a regular file'],
  [['check', 'folder.md'], '`folder.md` is not a regular file'],
  [['init', 'new', '--from', 'folder.md'], '`folder.md` is not a regular file'],
  [['run', 'loop.md'], '`loop.md`'],
  [['run', 'latin.md'], '`latin.md` is not UTF-8 text'],
])('%j is refused', async (argv, message) => {
  const cwd = folder()
  writeFileSync(join(cwd, 'empty.md'), '# Nothing\n')
  mkdirSync(join(cwd, 'folder.md'))
  symlinkSync('loop.md', join(cwd, 'loop.md'))
  writeFileSync(join(cwd, 'latin.md'), Buffer.from('# caf\xe9\n', 'latin1'))
  writeFileSync(join(cwd, 'needs.md'), '---\nneeds: [ecr-repos]\n---\n```bash\ntrue\n```\n')
  const { exitCode, stdout, stderr } = await lab(argv, { cwd, env })
  expect({ exitCode, said: stdout + stderr }).toEqual({ exitCode: 2, said: expect.stringContaining(message) })
})
