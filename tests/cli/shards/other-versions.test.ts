import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { grade, newClass } from '../grading/class.ts'
import { lab, temporaryFolder } from '../world-for-tests.ts'

const definition = 'labs/identity-policies/lab.yaml'
const policy = 'labs/identity-policies/policies/identity.json'

/** A file with a text of it exchanged; gives what puts it back. */
function change(cwd: string, name: string, from: string, to: string): () => void {
  const file = join(cwd, name)
  const text = readFileSync(file, 'utf8')
  expect(text).toContain(from)
  writeFileSync(file, text.replace(from, to))
  return () => writeFileSync(file, text)
}

const denied = 'deny: because no identity-based policy allows the ecr:ListImages action'
const otherwise = 'allow: { imageIds: [{ imageTag: v9 }] }'

test('a part of a class by other labs, another roster, other values or another version is refused, and says what differs', async () => {
  const cwd = await newClass(4)
  const part = (shard: string, ...more: string[]) => grade(cwd, '--shard', shard, '--out', 'results', ...more)
  expect((await part('1/2')).exitCode).toBe(0)
  const roster = readFileSync(join(cwd, 'class/roster.csv'), 'utf8')
  const cases: [() => () => void, string, string[]?][] = [
    [() => change(cwd, definition, denied, otherwise), 'the labs'],
    [() => change(cwd, policy, 'team-a/*', 'team-*/*'), 'the labs'],
    // Of a lab that nobody asked for, and that is needed.
    [() => change(cwd, 'labs/ecr-repositories/lab.yaml', 'title: ', 'title: Other '), 'the labs'],
    [() => change(cwd, 'class/roster.csv', roster, `${roster.trimEnd()}\nshort,123,,\n`), 'the roster'],
    [() => () => undefined, 'the options', ['--var', 'names.role=another']],
  ]
  for (const [put, what, more = []] of cases) {
    const takeBack = put()
    for (const shard of ['1/2', '2/2']) {
      const ran = await part(shard, ...more)
      expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining(`what differs: ${what}\n`)])
    }
    takeBack()
  }
  const command = [
    ...['verify', 'identity-policies', 'repository-policies', '--roster', 'class/roster.csv', '--shard', '2/2'],
    ...['--assume-role', 'OrganizationAccountAccessRole', '--out', join(cwd, 'results')],
  ]
  const newer = await lab(command, { cwd, version: '9.10.0' })
  expect([newer.exitCode, newer.stderr]).toEqual([2, expect.stringContaining('what differs: the version of lab\n')])
  // The same labs in another place are the same.
  const elsewhere = temporaryFolder()
  cpSync(cwd, elsewhere, { recursive: true })
  const moved = await lab(command, { cwd: elsewhere })
  expect([moved.exitCode, moved.stderr]).toEqual([0, ''])
  expect((await part('1/2')).stdout).toContain('2 students had a result already')
  // Where every part has a folder of its own, only the merge can tell.
  const takeBack = change(cwd, definition, denied, otherwise)
  expect((await grade(cwd, '--shard', '2/2', '--out', 'other')).exitCode).toBe(0)
  takeBack()
  rmSync(join(cwd, 'results/shard-2-of-2'), { recursive: true })
  const mixed = await lab(['merge', 'results/shard-1-of-2', 'other/shard-2-of-2'], { cwd })
  expect([mixed.exitCode, mixed.stderr]).toEqual([2, expect.stringContaining('are not parts of one work')])
  expect(mixed.stderr).toContain('what differs: the labs')
}, 240_000)

test('a part of labs that is started again keeps no result of other labs, answers or pages', async () => {
  const cwd = temporaryFolder({ labs: true })
  const start = (shard: string, ...more: string[]) =>
    lab(['run', 'identity-policies', 'trust-policy', '--shard', shard, ...more], { cwd })
  for (const shard of ['1/2', '2/2']) expect((await start(shard)).exitCode).toBe(0)
  const takeBack = change(cwd, policy, 'team-a/*', 'team-*/*')
  for (const shard of ['1/2', '2/2']) {
    const ran = await start(shard)
    expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining('what differs: the labs\n')])
  }
  takeBack()
  expect((await start('1/2')).stdout).toContain('has its result already')

  mkdirSync(join(cwd, 'ans'))
  const Resource = 'arn:aws:ecr:*:*:repository/team-a/*'
  const right = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ecr:ListImages', Resource } }
  writeFileSync(join(cwd, 'ans/identity.json'), JSON.stringify(right))
  const answered = () =>
    lab(['run', 'identity-policies', '--answers', 'ans', '--shard', '1/1', '--out', 'answered'], { cwd })
  expect((await answered()).exitCode).toBe(0)
  change(cwd, 'ans/identity.json', 'team-a/*', 'team-*/*')
  const changed = await answered()
  expect([changed.exitCode, changed.stderr]).toEqual([2, expect.stringContaining('what differs: the labs\n')])

  // Nothing is to be answered in the lab of one part, and that is no fault of the whole.
  writeFileSync(join(cwd, 'ans/identity.json'), JSON.stringify(right))
  for (const shard of ['1/2', '2/2']) {
    const ran = await lab(
      ['run', 'ecr-repositories', 'identity-policies', '--answers', 'ans', '--shard', shard, '--out', 'both'],
      { cwd },
    )
    expect([ran.exitCode, ran.stderr]).toEqual([0, ''])
  }

  writeFileSync(join(cwd, 'page.md'), '# A page\n\n```bash\necho one\n```\n')
  const paged = () => lab(['run', 'page.md', '--shard', '1/1', '--out', 'paged'], { cwd })
  // Where a shell is at hand it passes; the division is made in any case.
  expect((await paged()).exitCode).not.toBe(2)
  change(cwd, 'page.md', 'echo one', 'exit 1')
  const other = await paged()
  expect([other.exitCode, other.stderr]).toEqual([2, expect.stringContaining('what differs: the labs\n')])
}, 240_000)
