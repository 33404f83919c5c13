import { describe, expect, test } from 'vitest'
import { lab } from './world-for-tests.ts'

interface Row {
  line: string
  message: string
  hint: string | null
  env?: Record<string, string>
}

const rows: Row[] = [
  { line: 'lst', message: 'there is no command `lab lst`', hint: 'did you mean `list`?' },
  { line: 'xyzzy', message: 'there is no command `lab xyzzy`', hint: 'the commands are: `list`, `show`, `run`' },
  { line: 'merge', message: '`lab merge` needs a folder', hint: 'the one that the shards had as --out' },
  { line: 'run --all --shard 9/8', message: '`--shard 9/8` is no part of a whole', hint: 'such as --shard 3/8' },
  { line: 'doctor x', message: 'there is no lab `x`', hint: 'the labs are' },
  {
    line: 'sandbox',
    message: '`lab sandbox` needs a word more',
    hint: 'start, stop, status, reset, log, account, exec',
  },
  { line: 'sandbox strat', message: 'there is no command `lab sandbox strat`', hint: 'did you mean `start`?' },
  { line: 'sandbox exec', message: '`lab sandbox exec` needs a COMMAND', hint: 'lab sandbox exec --help' },
  { line: '--jason', message: 'no command is given, only `--jason`', hint: 'lab --help' },
  { line: 'run', message: 'nothing is selected', hint: '`ecr-repositories`, `identity-policies`' },
  {
    line: 'run --all identity-policies',
    message: '`--all` and `identity-policies` together',
    hint: 'one or the other',
  },
  {
    line: 'run identity-polices',
    message: 'there is no lab `identity-polices`',
    hint: 'did you mean `identity-policies`?',
  },
  { line: 'run page.md', message: 'there is no file `page.md`', hint: null },
  { line: 'run --jsn identity-policies', message: 'there is no flag `--jsn`', hint: 'did you mean `--json`?' },
  { line: 'list --teardown', message: '`lab list` has no flag `--teardown`', hint: 'lab list --help' },
  { line: 'run --roster x identity-policies', message: '`lab run` has no flag `--roster`', hint: 'lab run --help' },
  { line: 'verify --assume-role X identity-policies', message: '`--assume-role` without `--roster`', hint: '--roster' },
  {
    line: 'verify --roster no.csv identity-policies',
    message: 'the roster `no.csv` cannot be read: ENOENT',
    hint: null,
  },
  {
    line: 'verify --roster no.csv identity-policies --gradebook canvas=x.csv',
    message: '`--gradebook` without `--assignment`',
    hint: "--assignment 'Lab 3 (123)'",
  },
  { line: 'verify identity-policies --roster x --timeout 5', message: '`--timeout 5` is not a time', hint: '90s' },
  { line: 'start authorization-token x', message: 'too many words for `lab start`', hint: 'lab start --help' },
  { line: 'run identity-policies --region', message: '`--region <region>` needs a value', hint: null },
  { line: 'run identity-policies --region mars', message: '`--region mars` is not a region', hint: 'us-west-2' },
  { line: 'run identity-policies --parallel 0', message: '`--parallel 0` is not a whole number from 1', hint: null },
  { line: 'run identity-policies --var x', message: '`--var x` is not of the form k=v', hint: '--var names.role' },
  {
    line: 'run identity-policies --target awss',
    message: '`--target awss`: expected sandbox or aws',
    hint: 'did you mean `aws`?',
  },
  {
    line: 'run identity-policies --target AWS',
    message: '`--target AWS`: expected sandbox or aws',
    hint: 'did you mean `aws`?',
  },
  { line: 'run identity-policies', env: { LAB_TARGET: 'azure' }, message: 'LAB_TARGET is `azure`', hint: null },
  {
    line: 'run identity-policies --endpoint-url http://127.0.0.1:1',
    message: '`--endpoint-url` with the sandbox target',
    hint: 'add --target aws',
  },
  {
    line: 'run identity-policies --target aws --endpoint-url 127',
    message: '`--endpoint-url 127` is not a URL',
    hint: null,
  },
  { line: 'run identity-policies --profile x', message: '`--profile` with the sandbox target', hint: null },
  { line: 'run identity-policies --report x', message: '`--report x` is not of the form KIND=PATH', hint: null },
  {
    line: 'run identity-policies --report pdf=x',
    message: 'there is no report kind `pdf`',
    hint: 'there are: `json`',
  },
  {
    line: 'run identity-policies --report jsno=x',
    message: 'there is no report kind `jsno`',
    hint: 'did you mean `json`?',
  },
  { line: 'run identity-policies --until nowhere', message: 'there is no step `nowhere`', hint: 'the steps are' },
  {
    line: 'run identity-policies --var names.role=',
    message: 'the name `names.role` is empty',
    hint: '--var names.role',
  },
  { line: 'run identity-policies --var colour=red', message: 'no lab of this run has a variable `colour`', hint: null },
  { line: 'run identity-policies --config no.yaml', message: 'there is no file `no.yaml`', hint: null },
  { line: 'show', message: '`lab show` needs a LAB', hint: 'lab show --help' },
  { line: 'show identity-policies --format xml', message: 'there is no format `xml`', hint: null },
  { line: 'show a b', message: 'too many words for `lab show`: `a b`', hint: null },
  { line: 'status now', message: 'too many words for `lab status`: `now`', hint: null },
  { line: 'env', message: 'no run of this folder has written a profile', hint: 'write-profile' },
  { line: 'env --shell fish', message: '`--shell fish`: expected bash or powershell or cmd', hint: null },
  { line: 'teardown nope', message: 'there is no lab `nope`', hint: 'the labs are' },
  { line: 'teardown --run nope', message: 'this folder has no run `nope`', hint: 'lab status' },
  { line: 'check nope.yaml', message: 'there is no file `nope.yaml`', hint: null },
]

describe('a wrong command line is refused with exit code 2', () => {
  test.each(rows)('lab $line', async ({ line, message, hint, env = {} }) => {
    const { exitCode, stdout, stderr } = await lab(line.split(' '), { env })
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain(message)
    if (hint !== null) expect(stderr).toContain(hint)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  test.each(rows.filter(row => !['--jason', 'sandbox exec'].includes(row.line)))(
    'lab --json $line',
    async ({ line, message, env = {} }) => {
      const { exitCode, stdout } = await lab(['--json', ...line.split(' ')], { env })
      expect(exitCode).toBe(2)
      const document = JSON.parse(stdout)
      expect(document).toMatchObject({ schemaVersion: 1, exitCode: 2, error: { file: null, line: null, column: null } })
      expect(Object.keys(document.error)).toEqual(['code', 'message', 'file', 'line', 'column', 'hint'])
      expect(document.error.message).toContain(message)
    },
  )
})

test('no command shows the help, and is an error', async () => {
  const { exitCode, stdout, stderr } = await lab([])
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  expect(stderr).toContain('Usage: lab COMMAND')
})

test.each([[['--version']], [['-V']]])('%s', async argv => {
  expect(await lab(argv)).toEqual({ exitCode: 0, stdout: '9.9.9\n', stderr: '' })
})

test('flags may stand before the command', async () => {
  const { exitCode, stdout } = await lab(['--json', 'list'])
  expect(exitCode).toBe(0)
  expect(JSON.parse(stdout).labs.length).toBeGreaterThan(0)
})
