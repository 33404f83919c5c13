import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { readJournal } from '../../runner/engine/journal.ts'
import {
  accountOf,
  labsOf,
  notPassed,
  openWorkshop,
  stepOf,
  type Workshop,
  type WorkshopOptions,
} from '../runner/engine/harness.ts'
import { type Meddling, meddle } from './meddler.ts'

/** Answers that are withheld for ever: what waits for one ends all the same. */
const closes: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closes.splice(0).reverse()) await close()
})

const trust = `{ Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: "{{account}}" }, Action: "sts:AssumeRole" }] }`
const steps = `steps:
  - id: shelf
    create-repository: { repository-name: shelf }
  - id: role
    create-role: { role-name: tester, assume-role-policy-document: ${trust} }
  - id: images
    list-images: { repository-name: shelf }
`

/** A lab against a sandbox, with what becomes of each operation, by how often it was seen before. */
async function open(
  withheld: (operation: string, before: number) => ReturnType<Meddling>,
  options: WorkshopOptions = {},
  text = steps,
) {
  const labs = await labsOf({ lab: text }, 'timings: { within: 2s, stays: 0s }')
  closes.push(labs.remove)
  const seen: string[] = []
  const through = async (endpoint: string) => {
    const meddler = await meddle(endpoint, operation => {
      const before = seen.filter(each => each === operation).length
      seen.push(operation)
      return withheld(operation, before)
    })
    closes.push(meddler.close)
    return meddler.endpoint
  }
  const workshop = await openWorkshop({ labs: labs.folder, through, ...options })
  closes.push(workshop.close)
  return { ...workshop, seen, of: workshop }
}

const events = ({ labFolder }: Workshop) =>
  readdirSync(join(labFolder, 'runs')).flatMap(run =>
    readJournal(readFileSync(join(labFolder, 'runs', run, 'journal.jsonl'), 'utf8')),
  )

test.each(['ecr:ListImages', 'GetRole'])('a read, %s, once: it is silent for too long, and asked again', async name => {
  const { run, seen } = await open((operation, before) => (operation === name && before === 0 ? 'nothing' : null), {
    silence: 300,
  })
  const report = await run(['lab'], { teardown: true })
  expect(notPassed(report)).toEqual([])
  expect(report).toMatchObject({ exitCode: 0, leftovers: [] })
  expect(seen.filter(each => each === name).length).toBeGreaterThan(1)
})

test('a read, for ever: it ends with the time of its step, once, and is not judged', async () => {
  const { run, seen, of } = await open(operation => (operation === 'ecr:ListImages' ? 'nothing' : null), {
    eventual: true,
  })
  const report = await run(['lab'], { teardown: true })
  expect(report).toMatchObject({ exitCode: 3, leftovers: [] })
  expect(stepOf(report, 'images')).toMatchObject({ status: 'error', attempts: 1, actual: { code: 'TimeoutError' } })
  expect(seen.filter(each => each === 'ecr:ListImages')).toHaveLength(1)
  expect(await accountOf(of)).toEqual([])
})

test.each([
  ['kept', 'it was made, which is read'],
  ['nothing', 'it was not made, and is sent again'],
] as const)('a create whose answer never comes (%s): %s', async (what, _) => {
  const { run, of } = await open((operation, before) => (operation === 'CreateRole' && before === 0 ? what : null), {
    silence: 300,
  })
  expect(notPassed(await run(['lab']))).toEqual([])
  expect(await of.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(await accountOf(of)).toEqual([])
})

test('a create whose every answer is withheld, and the reading of it too: open in the journal, and taken back', async () => {
  let quiet = true
  const { run, of } = await open(
    operation => {
      if (!quiet || !/^(Create|Get)Role$/.test(operation)) return null
      return operation === 'CreateRole' ? 'kept' : 'nothing'
    },
    { eventual: true },
  )
  const report = await run(['lab'])
  expect(stepOf(report, 'role')).toMatchObject({ status: 'error', actual: { code: 'TimeoutError' } })
  expect(report.exitCode).toBe(3)
  const written = events(of)
  const seq = written.flatMap(event => (event.event === 'intent' && event.step === 'role' ? event.seq : []))
  expect(written).toContainEqual(expect.objectContaining({ event: 'result', seq: seq[0], result: 'unknown' }))
  quiet = false
  expect(await of.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(await accountOf(of)).toEqual([])
})

test.each(['kept', 'nothing'] as const)('a delete whose answer never comes (%s): gone is gone', async what => {
  const { run, of } = await open((operation, before) => (operation === 'DeleteRole' && before === 0 ? what : null), {
    silence: 300,
  })
  expect(await run(['lab'], { teardown: true })).toMatchObject({ exitCode: 0, leftovers: [] })
  expect(await accountOf(of)).toEqual([])
})

test('a delete that is never answered: what it leaves is listed, and gone the next time', async () => {
  let quiet = true
  const { run, of } = await open(operation => (quiet && operation === 'DeleteRole' ? 'nothing' : null), {
    silence: 100,
  })
  expect(await run(['lab'], { teardown: true })).toMatchObject({ exitCode: 4, leftovers: [{ name: 'tester' }] })
  quiet = false
  expect(await of.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(await accountOf(of)).toEqual([])
})

const sets = `steps:
  - id: policy
    set-repository-policy: { repository-name: theirs, policy-text: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"ecr:ListImages"}]}' }
`

test.each([
  ['a read', 'ecr:ListImages', 'nothing', steps, 'images'],
  ['a create that was made', 'CreateRole', 'kept', steps, 'role'],
  ['a create that was not', 'CreateRole', 'nothing', steps, 'role'],
  ['what is read before a change', 'ecr:GetRepositoryPolicy', 'nothing', sets, 'policy'],
] as const)(
  'interrupted while %s hangs: it ends, and the cleaning up works unhindered',
  async (_, name, what, text, id) => {
    const interrupt = new AbortController()
    const { run, of } = await open(
      operation => {
        if (operation !== name || interrupt.signal.aborted) return null
        interrupt.abort()
        return what
      },
      {},
      text,
    )
    await of.call('ecr:CreateRepository', { repositoryName: 'theirs' })
    const report = await run(['lab'], { teardown: true, signal: interrupt.signal })
    expect(report).toMatchObject({ exitCode: 130, leftovers: [] })
    expect(stepOf(report, id)).toMatchObject({ status: 'error', actual: { code: 'Interrupted' } })
    expect(await accountOf(of)).toEqual(['Repositories theirs'])
    expect(await of.teardown()).toMatchObject({ leftovers: [], exitCode: 0, removed: 0 })
  },
)

test('throttled for good: it is not asked again once the time of the step is over', async () => {
  const { run, seen } = await open(() => null, {
    eventual: true,
    faults: { rules: [{ kind: 'throttle', operation: 'ecr:ListImages' }] },
  })
  const report = await run(['lab'], { teardown: true })
  expect(stepOf(report, 'images')).toMatchObject({ status: 'error', actual: { code: 'ThrottlingException' } })
  // All of its tries take it five times as long.
  expect(seen.filter(each => each === 'ecr:ListImages').length).toBeLessThan(13)
})
