import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lab, packageFolder } from '../world-for-tests.ts'

let cwd: string
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'accesslab-why-'))
  for (const name of ['labs.yaml', 'labs']) cpSync(join(packageFolder, name), join(cwd, name), { recursive: true })
  expect((await lab(['run', 'repository-policies', 'describe-repository'], { cwd })).exitCode).toBe(0)
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const why = (...argv: string[]) => lab(['why', ...argv], { cwd })
const json = async (...argv: string[]) => JSON.parse((await why(...argv, '--json')).stdout)

describe('an explicit deny', () => {
  test('the statement with its file and line, the layers, a hint first', async () => {
    const { exitCode, stdout, stderr } = await why('repository-policies', 'team-a-denied')
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(stdout).toContain(
      '  Deny: statement 1 (DenyECRTester) of the repository policy of `team-a/alpine`, labs/repository-policies/policies/team-a.json:4',
    )
    expect(stdout).toContain('explicitly denied by a resource-based policy')
    expect(stdout).toMatch(/resource-based policy {4}denies\n/)
    expect(stdout).toMatch(/identity-based policy {4}allows\n/)
    // The sandbox knows what an account cannot read: nothing binds this one.
    expect(stdout).toMatch(/service control policy +there is none, or it has no say here\n/)
    expect(stdout).not.toContain('not read')
    expect(stdout).toMatch(/\nHint: .*\n {6}The whole change: lab why repository-policies team-a-denied --solve\n/)
    expect(stdout).not.toContain('To have it allowed')
  })

  test('--solve tells the whole change', async () => {
    const { stdout } = await why('repository-policies', 'team-a-denied', '--solve')
    expect(stdout).toMatch(/To have it allowed:\n {2}1\. take out statement 1 \(DenyECRTester\) .*team-a\.json:4/)
  })

  test('--json: the change itself with --solve alone', async () => {
    const found = await json('repository-policies', 'team-a-denied')
    expect(found).toMatchObject({
      ...{ schemaVersion: 1, exitCode: 0, outcome: 'denied', source: 'recorded', nearest: [], notes: [] },
      check: { action: 'ecr:ListImages', decision: 'explicitDeny', policyType: 'resource-based' },
      deciding: [
        { effect: 'Deny', index: 0, place: { file: 'labs/repository-policies/policies/team-a.json', line: 4 } },
      ],
      hint: expect.stringContaining('DenyECRTester'),
    })
    expect(found).not.toHaveProperty('change')
    expect(await json('repository-policies', 'team-a-denied', '--solve')).toMatchObject({
      change: { turns: 'allowed', edits: [{ edit: { kind: 'remove', document: null } }] },
    })
  })
})

test('control policies of the sandbox’s organization have their say', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'accesslab-why-scp-'))
  for (const name of ['labs.yaml', 'labs']) cpSync(join(packageFolder, name), join(folder, name), { recursive: true })
  const Statement = [{ Effect: 'Deny', Action: 'ecr:DescribeImages', Resource: '*' }]
  writeFileSync(join(folder, 'no-describing.json'), JSON.stringify({ Version: '2012-10-17', Statement }))
  const account = ['sandbox', 'account', 'create', '--id', '111122223333', '--scp', 'no-describing.json']
  expect((await lab(account, { cwd: folder })).exitCode).toBe(0)
  expect((await lab(['run', 'identity-policies'], { cwd: folder })).exitCode).toBe(0)
  const { stdout } = await lab(['why', 'identity-policies', 'team-b-denied'], { cwd: folder })
  expect(stdout).toMatch(/service control policy +allows\n {2}resource control policy +allows\n/)
  expect(stdout).toMatch(/VPC endpoint policy +there is none/)
  rmSync(folder, { recursive: true, force: true })
})

test('an implicit deny is an absence: the nearest statement, and what keeps it from matching', async () => {
  const { stdout } = await why('describe-repository', 'list-by-iam-policy-denied')
  expect(stdout).toContain('No statement matches. The nearest:')
  expect(stdout).toContain('labs/describe-repository/policies/mended.json:4: its Action is')
  expect(await json('describe-repository', 'list-by-iam-policy-denied')).toMatchObject({ deciding: [] })
})

test('a later lab’s policies are thought away', async () => {
  expect(await json('identity-policies', 'team-b-denied')).toMatchObject({
    ...{ outcome: 'denied', notes: [], check: { decision: 'implicitDeny', policyType: 'identity-based' } },
    nearest: [
      { mismatch: { element: 'Resource' }, place: { file: 'labs/identity-policies/policies/identity.json', line: 4 } },
    ],
  })
})

test('an allowed step: what allows it, and what would not', async () => {
  expect(await json('repository-policies', 'team-b-allowed', '--solve')).toMatchObject({
    ...{ outcome: 'allowed', deciding: [{ effect: 'Allow', sid: 'AllowECRTester' }] },
    change: { turns: 'denied', edits: [{ edit: { kind: 'remove' } }] },
  })
})

test('a call that failed was decided by no policy', async () => {
  const { stdout } = await why('describe-repository', 'as-printed')
  expect(stdout).toContain('failed: MalformedPolicyDocument')
  expect(stdout).toContain('no policy decided')
})

test('changed since by hand: said, and nothing is made up', async () => {
  const file = join(cwd, 'labs/repository-policies/policies/team-a.json')
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace('"Sid": "DenyECRTester",', '\n\n"Sid": "DenyECRTester",'))
  expect(await json('repository-policies', 'team-a-denied')).toMatchObject({ deciding: [{ place: { line: 4 } }] })
  writeFileSync(file, text.replace('ecr:ListImages', 'ecr:PutImage'))
  expect(await json('repository-policies', 'team-a-denied')).toMatchObject({ deciding: [{ place: null }] })
  writeFileSync(file, text)
})

test('after a teardown: the record is there still, the policies are not', async () => {
  expect((await lab(['teardown'], { cwd })).exitCode).toBe(0)
  const found = await json('repository-policies', 'team-a-denied')
  expect(found).toMatchObject({
    ...{ source: 'recorded', layers: [], hint: null },
    deciding: [{ place: { file: 'labs/repository-policies/policies/team-a.json', line: 4 } }],
    notes: [expect.stringContaining('could not be read')],
  })
})
