import { readdirSync, writeFileSync } from 'node:fs'
import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { accountOf, labsOf, notPassed, openWorkshop, stepOf, type Workshop } from './harness.ts'

let workshop: Workshop
beforeEach(async () => {
  workshop = await openWorkshop()
})
afterEach(() => workshop.close())

const role = 'ecr_access_teama_role'
const policyArn = 'arn:aws:iam::111122223333:policy/ecr_access_testing'
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }],
})
const listing = (Resource: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'ecr:ListImages', Resource }] })

/** A change that must be made for the test to say anything. */
async function did(operation: string, input: Record<string, unknown>, at = workshop): Promise<Record<string, unknown>> {
  const outcome = await at.call(operation, input)
  if (outcome.outcome !== 'allowed') throw new Error(`${operation}: ${outcome.message}`)
  return outcome.output as Record<string, unknown>
}
const roleNow = async () => JSON.stringify(await did('iam:GetRole', { RoleName: role }))

describe('somebody else’s things', () => {
  test('a role of the wanted name: the step fails, the role stays as it is, and is no leftover', async () => {
    await did('iam:CreateRole', {
      RoleName: role,
      AssumeRolePolicyDocument: trust,
      Tags: [{ Key: 'of', Value: 'Ann' }],
    })
    const before = await roleNow()
    const report = await workshop.run(['identity-policies'])
    expect(stepOf(report, 'role')).toMatchObject({ status: 'failed', actual: { code: 'EntityAlreadyExists' } })
    expect(stepOf(report, 'role').hint).toMatch(
      /^role `ecr_access_teama_role` is there since \d{4}-[-: \d]+, and no run of a lab made it, .*`--isolate`, or with `--var names\.role=NAME`/,
    )
    expect(report.exitCode).toBe(1)
    expect(report.leftovers.map(each => each.type)).not.toContain('role')
    expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
    expect(await roleNow()).toBe(before)
    expect(await accountOf(workshop)).toEqual([`Roles ${role}`])
  })

  test('a repository of the wanted name: the same', async () => {
    await did('ecr:CreateRepository', { repositoryName: 'team-a/alpine' })
    const report = await workshop.run(['ecr-repositories'], { teardown: true })
    expect(stepOf(report, 'repository-a').status).toBe('failed')
    expect(report).toMatchObject({ exitCode: 1, leftovers: [] })
    expect(await accountOf(workshop)).toEqual(['Repositories team-a/alpine'])
  })

  test('what a run of another folder made: the step says which run, of which lab, and what to do', async () => {
    const other = await openWorkshop({ beside: workshop })
    try {
      const { runId } = await other.run(['ecr-repositories'])
      const report = await workshop.run(['ecr-repositories'])
      expect(report.exitCode).toBe(1)
      expect(stepOf(report, 'repository-a').hint).toMatch(
        new RegExp(`run \`${runId}\` of lab \`ecr-repositories\` made it, from another folder: .*--var names\\.repoA=`),
      )
      expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
      expect(notPassed(await other.verify(['ecr-repositories']))).toEqual([])
      expect(await other.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
    } finally {
      await other.close()
    }
  })

  test('what a run of this folder made under a name that only the lab knows: the step says where to change it', async () => {
    const made = await labsOf({
      one: 'steps:\n  - id: first\n    create-repository: { repository-name: fixed }\n',
      two: 'steps:\n  - id: second\n    create-repository: { repository-name: fixed }\n',
    })
    const own = await openWorkshop({ labs: made.folder, beside: workshop })
    try {
      const { runId } = await own.run(['one'])
      const { hint } = stepOf(await own.run(['two']), 'second')
      expect(hint).toContain(`run \`${runId}\` of lab \`one\` made it: give it a name under \`names:\``)
      expect(hint).toContain(`\`lab teardown --run ${runId}\``)
      // Its journal says that all of it is gone: a teardown of that run would do nothing.
      const gone = { event: 'undone', seq: 1, result: 'gone', note: null }
      await appendFile(join(own.labFolder, 'runs', runId, 'journal.jsonl'), `${JSON.stringify(gone)}\n`)
      const closed = stepOf(await own.run(['two']), 'second').hint
      expect(closed).not.toContain('lab teardown --run')
      expect(closed).toContain('or first `lab teardown --orphans`')
    } finally {
      await own.close()
      await made.remove()
    }
  })

  test('a role of ours that somebody deleted and made again: its RoleId tells it apart', async () => {
    await workshop.run(['identity-policies'])
    await did('iam:DetachRolePolicy', { RoleName: role, PolicyArn: policyArn })
    await did('iam:DeleteRole', { RoleName: role })
    const tags = [{ Key: 'accesslab:run', Value: 'another' }]
    await did('iam:CreateRole', { RoleName: role, AssumeRolePolicyDocument: trust, Tags: tags })
    const before = await roleNow()
    const over = await workshop.teardown()
    expect(over).toMatchObject({ leftovers: [], exitCode: 0 })
    const results = workshop.events.flatMap(event => (event.type === 'undo' ? [event.result] : []))
    expect(over.removed).toBe(results.filter(result => result === 'gone').length)
    expect(await roleNow()).toBe(before)
    expect(workshop.events).toContainEqual(expect.objectContaining({ type: 'undo', result: 'foreign' }))
  })

  test('what another folder made since under the same names is neither ours nor touched, parts of it included', async () => {
    await workshop.run(['repository-policies'])
    const other = await openWorkshop({ beside: workshop })
    try {
      const stolen = await openWorkshop({ beside: workshop })
      // Somebody sweeps the account with a tool of his own, and another folder runs the same labs.
      await sweep()
      await stolen.close()
      expect(notPassed(await other.run(['repository-policies']))).toEqual([])
      expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
      expect(notPassed(await other.verify(['ecr-repositories', 'identity-policies', 'repository-policies']))).toEqual(
        [],
      )
      expect(await other.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
      expect(await accountOf(workshop)).toEqual([])
    } finally {
      await other.close()
    }
  })
})

async function sweep(): Promise<void> {
  await did('iam:DetachRolePolicy', { RoleName: role, PolicyArn: policyArn })
  await did('iam:DeleteRole', { RoleName: role })
  await did('iam:DeletePolicy', { PolicyArn: policyArn })
  for (const repositoryName of ['team-a/alpine', 'team-b/alpine'])
    await did('ecr:DeleteRepository', { repositoryName, force: true })
}

test('what a participant hung on our things does not keep them, and is not deleted itself', async () => {
  await workshop.run(['identity-policies'])
  const foreign = await did('iam:CreatePolicy', { PolicyName: 'foreign', PolicyDocument: listing('*') })
  const { Arn } = foreign.Policy as { Arn: string }
  await did('iam:AttachRolePolicy', { RoleName: role, PolicyArn: Arn })
  await did('iam:PutRolePolicy', { RoleName: role, PolicyName: 'inline', PolicyDocument: listing('*') })
  await did('iam:CreatePolicyVersion', { PolicyArn: policyArn, PolicyDocument: listing('*'), SetAsDefault: true })
  await did('iam:CreateRole', { RoleName: 'bystander', AssumeRolePolicyDocument: trust })
  await did('iam:AttachRolePolicy', { RoleName: 'bystander', PolicyArn: policyArn })
  await did('iam:TagRole', { RoleName: role, Tags: [{ Key: 'mine', Value: 'too' }] })
  await did('iam:CreateInstanceProfile', { InstanceProfileName: 'profile' })
  await did('iam:AddRoleToInstanceProfile', { InstanceProfileName: 'profile', RoleName: role })
  const images = await did('ecr:BatchGetImage', { repositoryName: 'team-a/alpine', imageIds: [{ imageTag: 'v1' }] })
  const [image] = images.images as { imageManifest: string }[]
  await did('ecr:PutImage', { repositoryName: 'team-a/alpine', imageTag: 'v2', imageManifest: image?.imageManifest })
  await did('ecr:SetRepositoryPolicy', {
    repositoryName: 'team-a/alpine',
    policyText: listing('x').replace(',"Resource":"x"', ',"Principal":"*"'),
  })
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(await accountOf(workshop)).toEqual(['Roles bystander', 'Policies foreign', 'InstanceProfiles profile'])
})

test('the role’s own tag taken away: its RoleId still proves it ours', async () => {
  await workshop.run(['identity-policies'])
  await did('iam:UntagRole', { RoleName: role, TagKeys: ['accesslab:run', 'accesslab:lab', 'accesslab:expires'] })
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(await accountOf(workshop)).toEqual([])
})

/** Journals of a run whose process died: everything after a line is gone. */
async function cutJournal(keep: (line: string, index: number) => boolean): Promise<void> {
  for (const name of readdirSync(join(workshop.labFolder, 'runs'))) {
    const file = join(workshop.labFolder, 'runs', name, 'journal.jsonl')
    const lines = (await readFile(file, 'utf8')).split('\n').filter(line => line !== '')
    writeFileSync(
      file,
      lines
        .filter(keep)
        .map(line => `${line}\n`)
        .join(''),
    )
  }
}

test('killed between every intent and its result: the tags prove what is ours', async () => {
  await workshop.run(['repository-policies'])
  await cutJournal(line => !line.includes('"event":"result"') && !line.includes('"event":"lab-done"'))
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(await accountOf(workshop)).toEqual([])
})

test('killed before a call that was never sent: nothing is there, and nothing is left', async () => {
  const report = await workshop.run(['identity-policies'], { until: 'policy' })
  await cutJournal(line => !line.includes('"event":"result"'))
  await workshop.call('iam:DeletePolicy', { PolicyArn: policyArn })
  expect(report.exitCode).toBe(0)
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(await accountOf(workshop)).toEqual([])
})

test('killed before the answer to what was made under a path of labs.yaml that is another one now: found where it was made', async () => {
  const { catalogue } = workshop
  const under = (path: string) => ({ catalogue: { ...catalogue, created: { ...catalogue.created, path } } })
  const report = await workshop.run(['identity-policies'], { until: 'policy', ...under('/lab/') })
  expect(report.exitCode).toBe(0)
  await cutJournal(line => !line.includes('"event":"result"'))
  expect(await workshop.teardown(undefined, under('/other/'))).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(await accountOf(workshop)).toEqual([])
})

test('two killed runs one after the other are taken back together', async () => {
  await workshop.run(['identity-policies'])
  await workshop.run(['repository-policies'])
  await cutJournal(line => !line.includes('"event":"result"'))
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(await accountOf(workshop)).toEqual([])
})

test('teardown of a needed lab takes its dependents first', async () => {
  await workshop.run(['repository-policies'])
  workshop.events.length = 0
  expect(await workshop.teardown(['ecr-repositories'])).toMatchObject({ leftovers: [], exitCode: 0 })
  const labs = workshop.events.flatMap(event => (event.type === 'undo' ? [event.lab] : []))
  expect([...new Set(labs)]).toEqual(['repository-policies', 'identity-policies', 'ecr-repositories'])
  expect(await accountOf(workshop)).toEqual([])
})

test('teardown of a dependent leaves what it needs', async () => {
  await workshop.run(['repository-policies'])
  await workshop.teardown(['repository-policies'])
  expect(await accountOf(workshop)).toHaveLength(4)
  expect(notPassed(await workshop.verify(['identity-policies']))).toEqual([])
})

test('a dry run says what it would remove, and removes nothing', async () => {
  await workshop.run(['identity-policies'])
  workshop.events.length = 0
  const before = await accountOf(workshop)
  expect(await workshop.teardown(undefined, { dryRun: true })).toMatchObject({ removed: 0, exitCode: 0 })
  expect(workshop.events.filter(event => event.type === 'note')).toHaveLength(8)
  expect(await accountOf(workshop)).toEqual(before)
})

test('an unknown run is a usage error', () =>
  expect(workshop.teardown(undefined, { select: { labs: null, run: 'nosuch' } })).rejects.toMatchObject({
    exitCode: 2,
  }))
