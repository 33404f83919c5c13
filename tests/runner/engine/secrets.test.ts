import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readProfile } from '../../../runner/profiles/profile-text.ts'
import { labsOf, notPassed, openWorkshop, stepOf, type Workshop } from './harness.ts'

let workshop: Workshop
beforeEach(async () => {
  workshop = await openWorkshop()
})
afterEach(() => workshop.close())

/** The secrets in a profile file. */
const secretsIn = (text: string) =>
  [...text.matchAll(/^aws_(?:secret_access_key|session_token) = (.+)$/gm)].map(([, secret = '']) => secret)

/** Files of `.lab` that hold one of these, by name. */
const filesWith = (folder: string, secrets: readonly string[]): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(path => statSync(path).isFile())
    .filter(path => secrets.some(secret => readFileSync(path).includes(secret)))
    .map(path => basename(path))

test('the profile file is the only place of secrets', async () => {
  const report = await workshop.run(['repository-policies'])
  const text = await readFile(join(workshop.labFolder, 'runs', report.runId, 'credentials'), 'utf8')
  const [admin] = workshop.sandbox.accounts
  const secrets = [...secretsIn(text), admin?.admin.secretAccessKey ?? '']
  expect(secrets).toHaveLength(3)
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(20)
    expect(JSON.stringify([report, workshop.events])).not.toContain(secret)
  }
  expect(filesWith(workshop.labFolder, secrets)).toEqual(['credentials'])
  await workshop.verify(['repository-policies'])
  await workshop.teardown()
  expect(filesWith(workshop.labFolder, secrets)).toEqual([])
})

test('a program that prints its environment, in whatever way, tells none', async () => {
  const print = (code: string) => JSON.stringify([process.execPath, '-e', code])
  const credentials =
    'JSON.stringify({ Credentials: { SecretAccessKey: process.env.AWS_SECRET_ACCESS_KEY, SessionToken: process.env.AWS_SESSION_TOKEN } })'
  const { folder, remove } = await labsOf({
    prints: `
names: { role: printing-role }
steps:
  - id: role
    create-role:
      role-name: "{{names.role}}"
      assume-role-policy-document:
        Version: "2012-10-17"
        Statement: [{ Effect: Allow, Principal: { AWS: "{{account}}" }, Action: "sts:AssumeRole" }]
  - id: session
    assume-role: { role-arn: "{{steps.role.Role.Arn}}", role-session-name: tester }
    identity: tester
  - id: profile
    write-profile: { profile: tester, identity: tester }
  - id: admin
    command: { run: ${print('console.log(JSON.stringify(process.env))')}, read-only: true }
  - id: tester
    as: tester
    command: { run: ${print(`console.log(${credentials})`)}, read-only: true }
    allow: { json: { Credentials: { SecretAccessKey: other } } }
  - id: new
    call: { service: sts, operation: GetSessionToken }
    allow: { Credentials: { SecretAccessKey: other } }
  - id: fails
    as: tester
    command: { run: ${print('console.error(JSON.stringify(process.env)); process.exit(1)')}, undo: [node] }
`,
  })
  const own = await openWorkshop({ labs: folder, beside: workshop })
  try {
    const report = await own.run(['prints'])
    expect(notPassed(report)).toEqual(['prints/tester failed', 'prints/new failed', 'prints/fails failed'])
    expect(JSON.stringify(stepOf(report, 'admin').output)).toContain('[secret]')
    expect(stepOf(report, 'new').diff[0]?.actual).toContain('[secret]')
    expect(stepOf(report, 'tester').diff[0]?.actual).toContain('[secret]')
    const profiles = await readFile(join(own.labFolder, 'runs', report.runId, 'credentials'), 'utf8')
    const [admin] = own.sandbox.accounts
    for (const secret of [...secretsIn(profiles), admin?.admin.secretAccessKey ?? 'none'])
      expect(JSON.stringify([report, own.events])).not.toContain(secret)
    expect(filesWith(own.labFolder, secretsIn(profiles))).toEqual(['credentials'])
  } finally {
    await own.teardown()
    await own.close()
    await remove()
  }
})

test.each([
  ['a file of the person’s, put back byte for byte', '# mine\r\n[default]\r\naws_access_key_id = AKIA\r\n'],
  ['a profile of the same name stays, and the step fails', '[tester]\naws_access_key_id = AKIA\n'],
  ['no file yet', null],
])('profile-file: user: %s', async (_, before) => {
  const foreign = before?.includes('[tester]') ?? false
  const { folder, remove } = await labsOf({
    profile: `
steps:
  - id: key
    call: { service: iam, operation: GetUser }
  - id: profile
    write-profile: { profile: tester, identity: admin, profile-file: user }
`,
  })
  const own = await openWorkshop({ labs: folder, beside: workshop })
  try {
    mkdirSync(join(own.userCredentialsFile, '..'), { recursive: true })
    if (before !== null) writeFileSync(own.userCredentialsFile, before)
    const report = await own.run(['profile'])
    expect(stepOf(report, 'profile').status).toBe(foreign ? 'failed' : 'passed')
    expect(report.leftovers).toHaveLength(foreign ? 0 : 1)
    const after = readFileSync(own.userCredentialsFile, 'utf8')
    if (foreign) expect(after).toBe(before)
    else expect(readProfile(after, 'tester')).toContainEqual(expect.stringMatching(/^aws_secret_access_key = /))
    expect(await own.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
    expect(readFileSync(own.userCredentialsFile, 'utf8')).toBe(before ?? '')
  } finally {
    await own.close()
    await remove()
  }
})

test('profile-file: user: a profile that somebody changed since stays', async () => {
  const { folder, remove } = await labsOf({
    profile: 'steps:\n  - id: profile\n    write-profile: { profile: tester, identity: admin, profile-file: user }\n',
  })
  const own = await openWorkshop({ labs: folder, beside: workshop })
  try {
    expect(notPassed(await own.run(['profile']))).toEqual([])
    writeFileSync(own.userCredentialsFile, '[tester]\naws_access_key_id = MINE\n')
    expect(await own.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
    expect(readFileSync(own.userCredentialsFile, 'utf8')).toBe('[tester]\naws_access_key_id = MINE\n')
  } finally {
    await own.close()
    await remove()
  }
})
