import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dryRun, type EngineEvent, findCatalogue, type RunOptions } from '../../../runner/index.ts'
import { type Meddler, meddle } from '../../faults/meddler.ts'
import { everyKind } from '../../soak/soaked-labs.ts'
import { openWorkshop, repository, type Workshop } from './harness.ts'
import { difference, type HeardCall, hearing, toldIn } from './heard-calls.ts'

let workshop: Workshop
let meddler: Meddler
beforeEach(async () => {
  workshop = await openWorkshop({
    through: async endpoint => {
      meddler = await meddle(endpoint, () => null)
      return meddler.endpoint
    },
  })
})
afterEach(async () => {
  await workshop.close()
  await meddler.close()
})

const changing = (operations: string[]) =>
  operations
    .map(each => each.replace(/^\w+:/, ''))
    .filter(each => !/^(Get|List|Describe|BatchGet|BatchCheck)/.test(each))

const { labs } = await findCatalogue(repository)

/** A dry run and then the real one; nothing but reads is sent by the first. */
async function both(asked: string[], of: Partial<RunOptions> = {}, shop = workshop) {
  shop.events.length = 0
  meddler.seen.length = 0
  const calls = await dryRun({ ...(await shop.options(asked)), ...of })
  const asksOfDry = [...meddler.seen]
  expect(changing(asksOfDry)).toEqual([])
  const told = toldIn(shop.events)
  expect(told).toHaveLength(calls)
  const heard: HeardCall[] = []
  const events = [...shop.events]
  shop.events.length = 0
  const report = await shop.run(asked, { target: hearing(shop.target, heard), ...of })
  return {
    ...difference(told, heard, report.runId),
    asksOfDry,
    told,
    notes: notesIn(events),
    really: notesIn(shop.events),
  }
}

const notesIn = (events: readonly EngineEvent[]) => events.flatMap(event => (event.type === 'note' ? [event.text] : []))
const role = 'ecr_access_teama_role'
const same = { untold: [], unsent: [] }

test.each(labs)(
  '%s: a dry run tells every call of the real one, and sends none; also where an earlier run left it',
  async lab => {
    expect(await both([lab])).toMatchObject({ ...same, asksOfDry: [] })
    expect(await readdir(join(workshop.folder, '.lab'))).toEqual(['runs'])
    const again = await both([lab])
    expect(again).toMatchObject(same)
    expect(again.notes).toContain(`would replace what an earlier run left of ${lab}`)
  },
)

test('a lab that uses every step kind', async () => {
  const shop = await openWorkshop({ labs: everyKind, beside: workshop })
  try {
    for (const _ of ['first', 'again']) expect(await both(['every-kind'], {}, shop)).toMatchObject(same)
    expect(await shop.teardown()).toMatchObject({ leftovers: [] })
  } finally {
    await shop.close()
  }
})

const inAdmin = async (operation: string, input: Record<string, unknown>) =>
  expect(await workshop.call(operation, input)).toMatchObject({ outcome: 'allowed' })

const everyone = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'ecr:ListImages' }],
})

describe('after an earlier run', () => {
  test('a needed lab that is whole would be taken over: only its sessions are made again', async () => {
    const { runId } = await workshop.run(['identity-policies'])
    const { untold, unsent, notes, told, really } = await both(['repository-policies'])
    expect({ untold, unsent }).toEqual(same)
    expect(notes).toContain(`identity-policies: would be taken over from run ${runId}`)
    expect(really).toContain(`identity-policies: taken over from run ${runId}`)
    expect(told.map(({ operation }) => operation)).not.toContain('iam:CreateRole')
  })

  test('labs that need the one asked for are taken back before it, in both', async () => {
    await workshop.run(labs)
    expect(await both(['ecr-repositories'])).toMatchObject({
      ...same,
      notes: expect.arrayContaining([
        expect.stringMatching(/^would replace what an earlier run left of .*, ecr-repositories$/),
      ]),
    })
    expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  })

  test.each<[string, string, [string, Record<string, unknown>][]]>([
    [
      'a policy of somebody else on the role of a needed lab',
      'repository-policies',
      [
        ['iam:AttachRolePolicy', { RoleName: role, PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
        [
          'iam:PutRolePolicy',
          {
            RoleName: role,
            PolicyName: 'own',
            PolicyDocument: everyone.replace('"Principal":"*",', '"Resource":"*",'),
          },
        ],
      ],
    ],
    [
      'a needed repository is gone',
      'identity-policies',
      [['ecr:DeleteRepository', { repositoryName: 'team-b/alpine', force: true }]],
    ],
    [
      'a repository policy was set over the lab’s',
      'repository-policies',
      [['ecr:SetRepositoryPolicy', { repositoryName: 'team-a/alpine', policyText: everyone }]],
    ],
    [
      'an image of ours is gone',
      'ecr-repositories',
      [['ecr:BatchDeleteImage', { repositoryName: 'team-a/alpine', imageIds: [{ imageTag: 'v1' }] }]],
    ],
  ])('%s', async (_, lab, changes) => {
    await workshop.run([lab])
    for (const [operation, input] of changes) await inAdmin(operation, input)
    expect(await both([lab])).toMatchObject(same)
  })

  test('one that was stopped half-way, one that was isolated, and one whose results were lost', async () => {
    await workshop.run(['identity-policies'], { isolate: true })
    const { runId } = await workshop.run(['identity-policies'], { until: 'attach' })
    const journal = join(workshop.labFolder, 'runs', runId, 'journal.jsonl')
    const lines = (await readFile(journal, 'utf8')).split('\n').filter(line => !line.startsWith('{"event":"result"'))
    await writeFile(journal, lines.join('\n'))
    expect(await both(['identity-policies'])).toMatchObject(same)
  })

  test('--isolate takes back nothing, --until stops where the run does, and a lab without its identity is skipped', async () => {
    await workshop.run(['identity-policies'])
    const isolated = await both(['identity-policies'], { isolate: true })
    expect(isolated).toMatchObject({ asksOfDry: [], ...same })
    expect(await both(['identity-policies'], { until: 'attach' })).toMatchObject(same)
    await expect(both(['identity-policies'], { until: 'atach' })).rejects.toThrow('there is no step `atach` to stop at')
    const alone = { ...workshop.target, identities: new Map() }
    workshop.events.length = 0
    expect(await dryRun({ ...(await workshop.options(['cross-account-pull'])), target: alone })).toBe(0)
    expect(notesIn(workshop.events)).toEqual([expect.stringMatching(/^would be skipped: needs the identity `partner`/)])
  })
})

test('the calls of a lab whose steps come one after another are told in their order', async () => {
  await dryRun(await workshop.options(['repository-policies']))
  const told = workshop.events.flatMap(event => (event.type === 'would-send' ? [event.operation] : []))
  meddler.seen.length = 0
  await workshop.run(['repository-policies'])
  expect(changing(told)).toEqual(changing(meddler.seen))
})

test('what is not known before a step has run stands as `<after STEP>`', async () => {
  await dryRun(await workshop.options(['identity-policies']))
  const told = workshop.events.flatMap(event => (event.type === 'would-send' ? [event] : []))
  const attach = told.find(({ operation }) => operation === 'iam:AttachRolePolicy')
  expect(attach?.input).toEqual({ RoleName: 'ecr_access_teama_role', PolicyArn: '<after policy>' })
})

test('a dry teardown of all labs tells the very calls of the real one', async () => {
  const { runId } = await workshop.run(labs)
  workshop.events.length = 0
  expect(await workshop.teardown(undefined, { dryRun: true })).toMatchObject({ leftovers: [], exitCode: 0 })
  const told = toldIn(workshop.events)
  const heard: HeardCall[] = []
  const open = async () => hearing(workshop.target, heard)
  expect(await workshop.teardown(undefined, { open })).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(difference(told, heard, runId)).toEqual(same)
})

test('a dry teardown sends reads only, says what it would remove, and leaves the journal as it is', async () => {
  const { runId } = await workshop.run(['identity-policies'])
  const journal = join(workshop.folder, '.lab/runs', runId, 'journal.jsonl')
  const before = await readFile(journal, 'utf8')
  meddler.seen.length = 0
  workshop.events.length = 0
  const result = await workshop.teardown(undefined, { dryRun: true })
  expect(changing(meddler.seen)).toEqual([])
  expect(result).toMatchObject({ removed: 0, leftovers: [], exitCode: 0 })
  const notes = workshop.events.flatMap(event => (event.type === 'note' ? [event.text] : []))
  expect(notes).toEqual(expect.arrayContaining([expect.stringContaining('would remove role ecr_access_teama_role')]))
  expect(await readFile(journal, 'utf8')).toBe(before)
})
