import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Outcome } from '../../../assertions/index.ts'
import { holdRun } from '../../../runner/engine/run-lock.ts'
import { type OrphanOptions, sweepOrphans } from '../../../runner/index.ts'
import { changedIn, openWorkshop, type Workshop } from './harness.ts'

let workshop: Workshop
beforeEach(async () => {
  workshop = await openWorkshop()
})
afterEach(() => workshop.close())

const sweep = (
  options: { olderThan?: number; dryRun?: boolean; agree?: boolean } & Partial<
    Pick<OrphanOptions, 'emit' | 'signal' | 'target'>
  > = {},
) =>
  sweepOrphans({
    ...workshop.engine,
    emit: options.emit ?? workshop.engine.emit,
    signal: options.signal ?? workshop.engine.signal,
    target: options.target ?? workshop.target,
    olderThan: options.olderThan ?? 0,
    dryRun: options.dryRun ?? false,
    confirm: async () => options.agree ?? true,
  })

const names = (found: { resource: { type: string; name: string } }[]) =>
  found.map(({ resource }) => `${resource.type} ${resource.name}`)

const ours = [
  'role ecr_access_teama_role',
  'policy ecr_access_testing',
  'repository team-a/alpine',
  'repository team-b/alpine',
]

async function loseTheJournal() {
  await workshop.run(['identity-policies'])
  await workshop.call('iam:CreateRole', { RoleName: 'bystander', AssumeRolePolicyDocument: trust })
  await workshop.call('ecr:CreateRepository', {
    repositoryName: 'team-a/alpine-2',
    tags: [{ Key: 'owner', Value: 'workshop' }],
  })
  await rm(join(workshop.folder, '.lab'), { recursive: true })
}
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' },
})

test('what carries our tags and has no journal is found and removed; what does not, stays', async () => {
  await loseTheJournal()
  const swept = await sweep()
  expect(names(swept.found)).toEqual(ours)
  expect(swept).toMatchObject({ removed: 4, leftovers: [], exitCode: 0 })
  expect(await workshop.call('iam:ListRoles')).toMatchObject({ output: { Roles: [{ RoleName: 'bystander' }] } })
  expect(await workshop.call('ecr:DescribeRepositories')).toMatchObject({
    output: { repositories: [{ repositoryName: 'team-a/alpine-2' }] },
  })
})

test('a run whose journal is here is no orphan', async () => {
  await workshop.run(['identity-policies'])
  expect((await sweep()).found).toEqual([])
})

test('what a torn journal no longer speaks of is an orphan, what it speaks of is not', async () => {
  const { runId } = await workshop.run(['identity-policies'])
  const journal = join(workshop.folder, '.lab/runs', runId, 'journal.jsonl')
  const lines = (await readFile(journal, 'utf8')).split('\n')
  const cut = lines.findIndex(line => line.includes('"create-role"'))
  await writeFile(journal, [...lines.slice(0, cut), '{"event":"int'].join('\n'))
  expect(names((await sweep({ agree: false })).found)).toEqual(ours.slice(0, 2))
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(await sweep()).toMatchObject({ removed: 2, leftovers: [] })
})

/** The journal says of every change that it was taken back, and nothing was. */
async function saidToBeGone(): Promise<string> {
  const { runId } = await workshop.run(['identity-policies'])
  const folder = join(workshop.labFolder, 'runs', runId)
  const text = await readFile(join(folder, 'journal.jsonl'), 'utf8')
  for (const [, seq] of text.matchAll(/"event":"intent","seq":(\d+)/g))
    await appendFile(
      join(folder, 'journal.jsonl'),
      `${JSON.stringify({ event: 'undone', seq: Number(seq), result: 'gone', note: null })}\n`,
    )
  return folder
}

test('what a journal here says is gone, and is not, is an orphan in the very folder that made it', async () => {
  await saidToBeGone()
  expect(await workshop.teardown()).toMatchObject({ removed: 0, leftovers: [], exitCode: 0 })
  const swept = await sweep()
  expect(names(swept.found)).toEqual(ours)
  expect(swept).toMatchObject({ removed: 4, leftovers: [], exitCode: 0 })
  expect(await changedIn(workshop)).toEqual([])
})

test('nothing of a run that is under way is an orphan', async () => {
  const release = await holdRun(await saidToBeGone())
  expect((await sweep()).found).toEqual([])
  await release()
  expect(names((await sweep()).found)).toEqual(ours)
})

/** The workshop's target, some of whose calls come to something else; undefined: they are sent. */
const meddled = (meddle: (operation: string, input: Record<string, unknown>) => Outcome | undefined) => {
  const { target } = workshop
  const call: typeof target.caller.call = async (operation, input) =>
    meddle(operation, input) ?? target.caller.call(operation, input)
  return { ...target, caller: { ...target.caller, call } }
}

test('an undo that throws leaves its thing, with the reason; the others go', async () => {
  await loseTheJournal()
  const target = meddled(operation => {
    if (operation === 'iam:DeletePolicy') throw new TypeError('unheard of')
    return undefined
  })
  const swept = await sweep({ target })
  expect(swept).toMatchObject({ removed: 3, leftovers: [{ type: 'policy', name: 'ecr_access_testing' }], exitCode: 4 })
  expect(workshop.events).toContainEqual(expect.objectContaining({ type: 'undo', result: 'left', note: 'unheard of' }))
})

test('what something else of ours kept is tried again', async () => {
  await loseTheJournal()
  let conflicts = 1
  const target = meddled(operation => {
    if (operation !== 'iam:DeleteRole' || conflicts-- <= 0) return undefined
    const message = 'Cannot delete entity, must detach all policies first.'
    return { outcome: 'failed', cause: 'request', code: 'DeleteConflict', message, httpStatus: 409, requestId: null }
  })
  expect(await sweep({ target })).toMatchObject({ removed: 4, leftovers: [], exitCode: 0 })
})

const partner = '444455556666'

test('the accounts of the target’s identities are searched too, and each thing says which it is in', async () => {
  await workshop.run(['cross-account-pull'])
  await rm(join(workshop.folder, '.lab'), { recursive: true })
  const swept = await sweep()
  expect(swept).toMatchObject({ searched: ['111122223333', partner], leftovers: [], exitCode: 0 })
  const there = swept.found.filter(({ account }) => account === partner)
  expect(names(there).sort()).toEqual(['role ecr_cross_puller', 'role ecr_cross_stranger'])
  expect(swept.removed).toBe(swept.found.length)
  expect(await changedIn(workshop)).toEqual([])
})

test('a thing of the same name and run in the other account is not taken for the one of the journal', async () => {
  const { runId } = await workshop.run(['identity-policies'])
  const Tags = [{ Key: 'accesslab:run', Value: runId }]
  const input = { RoleName: 'ecr_access_teama_role', AssumeRolePolicyDocument: trust, Tags }
  expect(await workshop.target.identities.get('partner')?.call('iam:CreateRole', input)).toMatchObject({
    outcome: 'allowed',
  })
  const { found } = await sweep()
  expect(found.map(({ account, resource }) => [account, resource.name])).toEqual([[partner, 'ecr_access_teama_role']])
})

test('an account that cannot be searched is named, with exit 3; the others are searched all the same', async () => {
  await loseTheJournal()
  const identities = new Map([...workshop.target.identities].map(([name, aws]) => [name, { ...aws, call: denies }]))
  const swept = await sweep({ target: { ...workshop.target, identities } })
  expect(swept).toMatchObject({ searched: ['111122223333'], removed: 4, leftovers: [], exitCode: 3 })
  expect(workshop.events).toContainEqual({
    type: 'note',
    text: expect.stringMatching(/^account 444455556666 cannot be searched for orphans: /),
  })
})

const denies = async (): Promise<Outcome> => ({
  ...{ outcome: 'failed', cause: 'request', code: 'AccessDenied', message: 'not authorized' },
  ...{ httpStatus: 403, requestId: null },
})

test('interrupted: what was not reached is listed, and not counted as removed', async () => {
  await loseTheJournal()
  const interrupt = new AbortController()
  const swept = await sweep({
    signal: interrupt.signal,
    emit: event => {
      if (event.type === 'undo') interrupt.abort()
    },
  })
  expect(swept).toMatchObject({ removed: 1, exitCode: 130 })
  expect(swept.leftovers.map(({ type, name }) => `${type} ${name}`)).toEqual(ours.slice(1))
  expect(names((await sweep()).found)).toEqual(ours.slice(1))
})

test('what turns out to be somebody else’s is not counted as removed, nor as left', async () => {
  await loseTheJournal()
  const untag = async () => {
    await workshop.call('iam:UntagRole', { RoleName: 'ecr_access_teama_role', TagKeys: ['accesslab:run'] })
    return true
  }
  const swept = await sweepOrphans({ ...workshop.engine, olderThan: 0, dryRun: false, confirm: untag })
  expect(swept).toMatchObject({ removed: 3, leftovers: [], exitCode: 0 })
})

test('younger things stay', async () => {
  await loseTheJournal()
  expect((await sweep({ olderThan: 3_600_000 })).found).toEqual([])
})

test('a dry run and a no find everything and remove nothing', async () => {
  await loseTheJournal()
  expect(names((await sweep({ dryRun: true })).found)).toEqual(ours)
  const sent = workshop.events.flatMap(event => (event.type === 'would-send' ? [event.operation] : []))
  expect(sent).toEqual(expect.arrayContaining(['iam:DeleteRole', 'iam:DeletePolicy', 'ecr:DeleteRepository']))
  expect(names((await sweep({ agree: false })).found)).toEqual(ours)
  expect((await sweep()).removed).toBe(4)
})
