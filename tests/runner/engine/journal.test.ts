import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Journal, type JournalEvent, readJournal } from '../../../runner/engine/journal.ts'
import { type PastRun, pastRuns, reopen } from '../../../runner/engine/runs.ts'
import { openWorkshop } from './harness.ts'

let labFolder: string
beforeEach(() => {
  labFolder = mkdtempSync(join(tmpdir(), 'accesslab-journal-'))
})
afterEach(() => rmSync(labFolder, { recursive: true, force: true }))

const started: JournalEvent = {
  event: 'run',
  v: 1,
  runId: 'r1',
  target: 'sandbox',
  accountId: '111122223333',
  region: 'us-west-2',
  endpoint: null,
  startedAt: '2026-01-01T00:00:00.000Z',
  isolated: false,
}
const intent = (seq: number, step = `step-${seq}`): JournalEvent => ({
  event: 'intent',
  seq,
  lab: 'lab',
  step,
  kind: 'create-role',
  fields: { 'role-name': step, 'assume-role-policy-document': '{"Ü":"…"}' },
  resource: { type: 'role', name: step, arn: null, part: false },
  before: null,
})
const result = (seq: number, came: 'done' | 'refused' | 'unknown'): JournalEvent => ({
  event: 'result',
  seq,
  result: came,
  remember: came === 'done' ? { uniqueId: `AROA${seq}` } : null,
})
const undone = (seq: number, came: 'gone' | 'foreign' | 'left'): JournalEvent => ({
  event: 'undone',
  seq,
  result: came,
  note: null,
})
const linesOf = (events: readonly JournalEvent[]) => events.map(event => `${JSON.stringify(event)}\n`).join('')

async function read(text: string | Buffer): Promise<PastRun | undefined> {
  mkdirSync(join(labFolder, 'runs', 'r1'), { recursive: true })
  writeFileSync(join(labFolder, 'runs', 'r1', 'journal.jsonl'), text)
  return (await pastRuns(labFolder))[0]
}
const changesOf = (run: PastRun | undefined) => run?.changes.map(({ seq, result: came }) => `${seq} ${came}`)

test.each<[string, JournalEvent[], string[]]>([
  ['an intent alone: it may have happened', [intent(1)], ['1 unknown']],
  ['done', [intent(1), result(1, 'done')], ['1 done']],
  ['refused: nothing is there', [intent(1), result(1, 'refused')], []],
  ['no answer', [intent(1), result(1, 'unknown')], ['1 unknown']],
  ['taken back', [intent(1), result(1, 'done'), undone(1, 'gone')], []],
  ['found to be somebody else’s', [intent(1), result(1, 'done'), undone(1, 'foreign')], []],
  ['an undo that failed', [intent(1), result(1, 'done'), undone(1, 'left')], ['1 done']],
  ['an undo that failed, and then did not', [intent(1), undone(1, 'left'), undone(1, 'gone')], []],
  ['a result without an intent, after a later intent', [intent(2), result(1, 'done')], ['2 unknown', '1 done']],
  ['the same, refused', [intent(2), result(1, 'refused')], ['2 unknown']],
  ['the same, taken back', [intent(2), result(1, 'done'), undone(1, 'gone')], ['2 unknown']],
  ['the same, not taken back', [intent(2), result(1, 'done'), undone(1, 'left')], ['2 unknown', '1 done']],
  ['results in another order', [intent(1), intent(2), result(2, 'done'), result(1, 'refused')], ['2 done']],
  ['a number that no line has', [intent(1), intent(3)], ['1 unknown', '3 unknown', '2 unknown']],
  ['the first number', [intent(2), result(2, 'done')], ['2 done', '1 unknown']],
  ['one of which only the undo is told', [intent(2), undone(1, 'gone'), undone(2, 'gone')], []],
  [
    'one that could not be taken back, for nobody knows it',
    [intent(2), undone(2, 'gone'), undone(1, 'left')],
    ['1 unknown'],
  ],
])('%s', async (_, events, changes) => expect(changesOf(await read(linesOf([started, ...events])))).toEqual(changes))

test.each([
  ['an empty file', ''],
  ['one that broke off within its name', '{"eve'],
  ['one that broke off within its first line', JSON.stringify(started).slice(0, 60)],
])('no run, for nothing was sent yet: %s', async (_, text) => expect(await read(text)).toBeUndefined())

test.each([
  ['without its first line', linesOf([intent(1)])],
  ['with garbage for its first line', `garbage\n${linesOf([intent(1), result(1, 'done')])}`],
  ['with a first line cut in two', `{"event":"run","v":1,\n${linesOf([intent(1)])}`],
  ['of garbage alone', '\u0000\u0000\nno json\n[]\n'],
  ['of zeros alone', '\u0000'.repeat(4096)],
  ['of one line of garbage', 'garbage\n'],
])('a journal %s is refused by name: what it told of is not taken for gone', async (_, text) =>
  expect(read(text)).rejects.toMatchObject({
    exitCode: 2,
    code: 'journal',
    message: expect.stringContaining(join(labFolder, 'runs', 'r1', 'journal.jsonl')),
    hint: expect.stringContaining('lab teardown --orphans'),
  }),
)

test.each(['runs/r1/journal.jsonl/', 'runs/r1/journal.jsonl', 'runs'])(
  '%s that cannot be read is an error of the environment',
  async path => {
    const loop = !path.endsWith('/')
    mkdirSync(join(labFolder, loop ? dirname(path) : path), { recursive: true })
    if (loop) symlinkSync(basename(path), join(labFolder, path))
    await expect(pastRuns(labFolder)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining(join(labFolder, path.replace(/\/$/, ''))),
    })
  },
)

test('a file among the runs is none', async () => {
  mkdirSync(join(labFolder, 'runs'))
  writeFileSync(join(labFolder, 'runs', '.DS_Store'), 'x')
  expect(await pastRuns(labFolder)).toEqual([])
})

test.each([
  ['a garbage line', '\u0000\u0000garbage\n'],
  ['a line that is JSON and no event', '5\nnull\n[]\n"text"\n{}\n{"event":7}\n'],
  ['an empty line', '\n\n'],
  ['an event of a later version', '{"event":"paused","why":"lunch"}\n'],
  ['an event cut in two by a crash', '{"event":"intent","seq":9,"la\n'],
])('%s is passed over, what stands around it counts', async (_, garbage) => {
  const run = await read(linesOf([started, intent(1)]) + garbage + linesOf([result(1, 'done'), intent(2)]))
  expect(changesOf(run)).toEqual(['1 done', '2 unknown'])
})

test('runs are read oldest first, folders without a journal passed over', async () => {
  for (const [name, startedAt] of [
    ['b', '2026-01-02T00:00:00.000Z'],
    ['a', '2026-01-03T00:00:00.000Z'],
    ['c', '2026-01-01T00:00:00.000Z'],
  ] as const) {
    mkdirSync(join(labFolder, 'runs', name), { recursive: true })
    writeFileSync(
      join(labFolder, 'runs', name, 'journal.jsonl'),
      linesOf([{ ...started, runId: name, startedAt } as JournalEvent]),
    )
  }
  mkdirSync(join(labFolder, 'runs', 'empty'))
  expect((await pastRuns(labFolder)).map(run => run.start.runId)).toEqual(['c', 'b', 'a'])
})

describe('reopening', () => {
  test.each([
    ['a whole file', ''],
    ['a torn last line', '{"event":"result","seq":2,"re'],
    ['a last line without its end', JSON.stringify(intent(3))],
  ])('%s: what is written next stands on a line of its own, numbers go on', async (_, tail) => {
    const run = await read(linesOf([started, intent(1), intent(2)]) + tail)
    if (!run) throw new Error('the run is read')
    const journal = reopen(run)
    const seq = journal.next()
    expect(seq).toBe(run.lastSeq + 1)
    await journal.write({ event: 'undone', seq: 1, result: 'gone', note: null })
    await journal.write(intent(seq))
    await journal.close()
    const again = (await pastRuns(labFolder))[0]
    expect(again?.changes.map(change => change.seq)).toEqual([...run.changes.map(change => change.seq).slice(1), seq])
    expect(again?.lastSeq).toBe(seq)
  })

  test('a new journal numbers from 1, each event a line of its own', async () => {
    const path = join(labFolder, 'journal.jsonl')
    const journal = Journal.open(path)
    const written = journal.write(started)
    expect(readFileSync(path, 'utf8')).toBe(linesOf([started]))
    await written
    expect([journal.next(), journal.next()]).toEqual([1, 2])
    await journal.close()
    appendFileSync(path, 'torn')
    expect(readJournal(readFileSync(path, 'utf8'))).toEqual([started])
  })
})

test('what many write at once is whole, in order, and on the disk before the journal is closed; then nothing is written', async () => {
  const path = join(labFolder, 'journal.jsonl')
  const journal = Journal.open(path)
  const events = Array.from({ length: 50 }, (_, index) => intent(index + 1))
  let written = 0
  const writing = events.map(event => journal.write(event).then(() => (written += 1)))
  await journal.close()
  expect(written).toBe(50)
  await Promise.all(writing)
  expect(readJournal(readFileSync(path, 'utf8'))).toEqual(events)
  await expect(journal.write(started)).rejects.toThrow('closed')
  expect(readJournal(readFileSync(path, 'utf8'))).toEqual(events)
})

test('a real journal cut at every byte is read, and never tells of a change that is not in the whole one', async () => {
  const workshop = await openWorkshop()
  const journal = await workshop
    .run(['identity-policies'])
    .then(report => readFileSync(join(workshop.folder, '.lab', 'runs', report.runId, 'journal.jsonl')))
    .finally(() => workshop.close())
  const whole = readJournal(journal.toString('utf8'))
  expect(whole.filter(event => event.event === 'result')).toHaveLength(8)
  let changes = 0
  for (let length = 0; length <= journal.length; length += 1) {
    const text = journal.subarray(0, length).toString('utf8')
    const lines = text.split('\n').length - 1
    const events = readJournal(text)
    // A last line that lacks nothing but its end counts.
    expect([lines, lines + 1]).toContain(events.length)
    expect(JSON.stringify(events)).toBe(JSON.stringify(whole.slice(0, events.length)))
    changes = Math.max(changes, events.filter(event => event.event === 'intent').length)
    if (lines < 3) expect((await read(text))?.start).toEqual(events[0])
  }
  expect(changes).toBe(8)
})

test('a result whose intent cannot be read is a thing left, by its number: nobody knows what was made', async () => {
  const run = join(labFolder, 'runs', 'r1')
  mkdirSync(run, { recursive: true })
  const lines = [started, intent(1), result(1, 'done'), intent(2), result(2, 'done')].map(each => JSON.stringify(each))
  lines[3] = '#'.repeat(lines[3]?.length ?? 0)
  writeFileSync(join(run, 'journal.jsonl'), `${lines.join('\n')}\n`)
  const [past] = await pastRuns(labFolder)
  expect(past?.changes.map(change => change.resource)).toEqual([
    { type: 'role', name: 'step-1', arn: null, part: false },
    { type: 'unreadable journal entry', name: '2', arn: null, part: false },
  ])
})
