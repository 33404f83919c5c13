import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { templates } from '../../cli/init/templates/index.ts'
import { main } from '../../cli/main.ts'
import { lab, packageFolder, temporaryFolder } from './world-for-tests.ts'

test.each(templates.map(({ name }) => name))(
  '%s: a lab that is checked, passes, and is a good test',
  async template => {
    const cwd = temporaryFolder()
    const made = await lab(['init', 'demo', '--template', template, '--title', 'A demo: of it'], { cwd })
    expect(made).toMatchObject({ exitCode: 0, stderr: '' })
    expect(made.stdout).toMatch(/^wrote labs.yaml\nwrote labs\/demo\/lab.yaml\n/)
    const [, ...next] = /Next: (.*) · (.*) · (.*) \(must fail\)\n$/.exec(made.stdout) ?? []
    expect(next.map(line => line.split(' ')[1])).toEqual(['run', 'selftest', 'run'])
    const codes: number[] = []
    for (const line of ['lab check', ...next]) codes.push((await lab(line.split(' ').slice(1), { cwd })).exitCode)
    expect(codes).toEqual([0, 0, 0, 1])
    const { labs } = JSON.parse((await lab(['selftest', 'demo', '--json'], { cwd })).stdout)
    const unnoticed = labs[0].statements.flatMap((each: { changes: { noticedBy: string | null }[] }) =>
      each.changes.filter(({ noticedBy }) => noticedBy === null),
    )
    expect(unnoticed).toEqual([])
    expect(labs[0].before.points).toBe(0)
  },
)

test.each(['007', '1e3', 'true', 'null'])('a lab may be called %s', async id => {
  const cwd = temporaryFolder()
  for (const line of [`init other`, `init ${id}`, `check`, `run ${id}`])
    expect({ line, ...(await lab(line.split(' '), { cwd })) }).toMatchObject({ line, exitCode: 0 })
})

test('nothing is written over, and labs.yaml is then as it was', async () => {
  const cwd = temporaryFolder()
  mkdirSync(join(cwd, 'labs/mine'), { recursive: true })
  writeFileSync(join(cwd, 'labs.yaml'), 'labs: []\n')
  const { exitCode, stderr } = await lab(['init', 'mine'], { cwd })
  expect(stderr).toContain('there is `labs/mine` already, and nothing is written over')
  expect(exitCode).toBe(2)
  expect(readFileSync(join(cwd, 'labs.yaml'), 'utf8')).toBe('labs: []\n')
})

test('in a folder that holds something the labs.yaml above is added to; an empty one is a place of its own', async () => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'labs.yaml'), 'labs: []\n')
  for (const name of ['empty', 'full']) mkdirSync(join(cwd, name))
  writeFileSync(join(cwd, 'full/notes.txt'), '')
  for (const name of ['empty', 'full']) await lab(['init', `in-${name}`], { cwd: join(cwd, name) })
  expect(readFileSync(join(cwd, 'labs.yaml'), 'utf8')).toBe('labs: [in-full]\n')
  expect(readFileSync(join(cwd, 'empty/labs.yaml'), 'utf8')).toBe('labs:\n  - in-empty\n')
})

test('a lab that is listed and not there can be made', async () => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'labs.yaml'), '# ours\nlabs: [later]\n')
  expect((await lab(['run', 'later'], { cwd })).stderr).toContain('make it with `lab init later`')
  const { stdout, exitCode } = await lab(['init', 'later', '--json'], { cwd })
  expect(exitCode).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, exitCode: 0, lab: 'later', template: 'identity-policy' })
  expect(JSON.parse(stdout).files).not.toContain('labs.yaml')
  expect(readFileSync(join(cwd, 'labs.yaml'), 'utf8')).toBe('# ours\nlabs: [later]\n')
})

test.each([
  [['init'], '`lab init` needs an ID'],
  [['init', 'Demo'], '`Demo` is not an id for a lab'],
  [['init', '../up'], '`../up` is not an id for a lab'],
  [['init', 'demo', '--template', 'identity'], 'there is no template `identity`'],
])('%j is a usage error, and nothing is written', async (argv, message) => {
  const cwd = temporaryFolder()
  const { exitCode, stderr } = await lab(argv, { cwd })
  expect(stderr).toContain(message)
  expect(exitCode).toBe(2)
  expect(existsSync(join(cwd, 'labs.yaml'))).toBe(false)
})

/** `lab init` on a terminal on which this is typed; what it asked, and the lab. */
async function typed(argv: readonly string[], input: string) {
  const cwd = temporaryFolder()
  let asked = ''
  const exitCode = await main({
    ...{ argv, env: { HOME: cwd }, cwd, version: '9.9.9', packageFolder, bin: '', kill: () => {} },
    stdin: Object.assign(Readable.from([Buffer.from(input)]), { isTTY: true }),
    stdout: { write: () => {} },
    stderr: {
      isTTY: true,
      write: text => {
        asked += text
      },
    },
    onInterrupt: () => () => {},
    onStray: () => () => {},
  })
  return { exitCode, asked, text: readFileSync(join(cwd, 'labs/demo/lab.yaml'), 'utf8') }
}

test.each([
  [['init', 'demo'], 'Who may list\nrepository-policy\n', 'title: Who may list', 'demo-visitor'],
  [['init', 'demo'], '\n\n', 'title: Demo', 'demo-reader'],
  [['init', 'demo', '--title', 'Given'], 'permissions-boundary\n', 'title: Given', 'demo-bounded'],
])('%j asks on a terminal for what no flag says: %j', async (argv, input, title, role) => {
  const { exitCode, asked, text } = await typed(argv, input)
  expect(exitCode).toBe(0)
  expect(text).toContain(title)
  expect(text).toContain(`role: ${role}`)
  expect(asked).toContain('identity-policy, repository-policy, permissions-boundary [identity-policy]: ')
  expect(asked.includes('title [Demo]: ')).toBe(!argv.includes('--title'))
})

test('--yes asks nothing', async () => {
  expect(await typed(['init', 'demo', '--yes'], '')).toMatchObject({ exitCode: 0, asked: '' })
})
