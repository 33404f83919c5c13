import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { everyRule } from '../../runner/check/every-rule.ts'
import { exampleFolder } from '../../runner/check/example-lab.ts'
import { readSarif } from '../reports/read-sarif.ts'
import { lab, packageFolder, temporaryFolder } from './world-for-tests.ts'

const wrong = (id: string) => everyRule().find(rule => rule.id === id)?.wrong ?? ''

/** A folder with the wrong example of a rule. */
function folderOf(id: string): string {
  const cwd = temporaryFolder()
  for (const [name, text] of Object.entries(exampleFolder(wrong(id)))) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true })
    writeFileSync(join(cwd, name), text)
  }
  return cwd
}

const warned = 'literal-account'
const mistaken = 'policy-refused'

test('our own labs: nothing', async () => {
  const { exitCode, stdout, stderr } = await lab(['check'], { cwd: packageFolder })
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toMatch(/^\d+ labs without errors[^\n]*\n$/)
})

test.each([
  [mistaken, 2, 'error'],
  [warned, 1, 'warning'],
  ['no-hint', 0, 'note'],
])('%s: exit %i, the %s with its place, what to do and its rule', async (id, code, severity) => {
  const { exitCode, stdout } = await lab(['check', 'demo'], { cwd: folderOf(id) })
  expect(exitCode).toBe(code)
  expect(stdout).toMatch(new RegExp(`^labs/demo/[\\w./]+:\\d+:\\d+: ${severity}: .+ {2}\\[${id}\\]\\n`))
  expect(stdout).toMatch(new RegExp(`^1 ${severity} in 1 lab$`, 'm'))
})

test('--json and --report json=: the same document; an error as every command gives it', async () => {
  const cwd = folderOf(mistaken)
  const { exitCode, stdout } = await lab(['check', 'demo', '--json', '--report', 'json=out/found.json'], { cwd })
  expect(exitCode).toBe(2)
  const document = JSON.parse(stdout)
  expect(document).toMatchObject({
    schemaVersion: 1,
    exitCode: 2,
    error: { code: mistaken, file: 'labs/demo/policies/list.json', line: 4, column: 5 },
    labs: ['demo'],
    findings: [{ rule: mistaken, severity: 'error', fixable: false, docs: `docs/rules/${mistaken}.md` }],
    suppressed: 0,
  })
  expect(JSON.parse(readFileSync(join(cwd, 'out/found.json'), 'utf8'))).toEqual(document)
})

test('--report sarif=: valid by the schema, every result with its rule', async () => {
  const cwd = folderOf(mistaken)
  await lab(['check', 'demo', '--report', 'sarif=found.sarif'], { cwd })
  const { log, faults } = readSarif(readFileSync(join(cwd, 'found.sarif'), 'utf8'))
  expect(faults).toEqual([])
  const [run] = log.runs
  expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual([mistaken])
  expect(run?.results).toMatchObject([{ ruleId: mistaken, ruleIndex: 0, level: 'error' }])
  expect(run?.results[0]?.message.text).toContain(
    'AWS refuses this policy: MalformedPolicyDocument: Statement IDs (SID)',
  )
  expect(run?.results[0]?.locations[0]?.physicalLocation).toMatchObject({
    artifactLocation: { uri: 'labs/demo/policies/list.json' },
    region: { startLine: 4, startColumn: 5 },
  })
})

test('--fix mends, says what, and tells what is left', async () => {
  const cwd = folderOf(warned)
  const policy = join(cwd, 'labs/demo/policies/list.json')
  const before = readFileSync(policy, 'utf8')
  const first = await lab(['check', 'demo', '--fix'], { cwd })
  expect(first).toMatchObject({ exitCode: 0 })
  expect(first.stdout).toMatch(
    /^labs\/demo\/policies\/list\.json:4: mended: .+ {2}\[literal-account\]\n1 finding mended · 1 lab/,
  )
  expect(readFileSync(policy, 'utf8')).toBe(before.replace('111122223333', '{{account}}'))
})

test('without --fix nothing is written', async () => {
  const cwd = folderOf(warned)
  const policy = join(cwd, 'labs/demo/policies/list.json')
  const before = readFileSync(policy, 'utf8')
  await lab(['check'], { cwd })
  expect(readFileSync(policy, 'utf8')).toBe(before)
  expect(existsSync(join(cwd, '.lab'))).toBe(false)
})

test('a comment takes a finding back, with its reason; the summary says how many', async () => {
  const cwd = folderOf(warned)
  const file = join(cwd, 'labs/demo/lab.yaml')
  const named = 'policy-document: { file: policies/list.json }'
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace(named, `${named} # lab-check-disable-line ${warned}: the page says so`))
  const { exitCode, stdout } = await lab(['check', 'demo'], { cwd })
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: '1 lab without errors, 1 finding taken back by comments\n',
  })
})

test('a labs.yaml that cannot be read is a finding too', async () => {
  const { exitCode, stdout } = await lab(['check', '--json'], { cwd: folderOf('lab-listed-twice') })
  expect(exitCode).toBe(2)
  expect(JSON.parse(stdout)).toMatchObject({
    error: { code: 'lab-listed-twice', file: 'labs.yaml', line: 1, column: 20 },
  })
})

test('a report that findings are not written as is refused before anything is checked', async () => {
  const { exitCode, stderr } = await lab(['check', '--report', 'junit=x'])
  expect(exitCode).toBe(2)
  expect(stderr).toContain('`lab check` writes no report of the kind `junit`')
})
