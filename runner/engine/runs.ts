import { randomInt } from 'node:crypto'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { environmentError } from '../lab-error.ts'
import { type Intent, Journal, type Result, type RunStarted, readJournal } from './journal.ts'
import { brokeOffAtOnce, checkVersion, headless, journalText } from './journal-file.ts'

/** A change that a run made, and nothing has taken back yet. */
export interface Change extends Intent {
  runId: string
  result: Result['result']
  remember: Record<string, unknown> | null
  /** What an undo of it came to, if it was tried. */
  tried: 'left' | null
}

/** A run as its journal tells it. */
export interface PastRun {
  start: RunStarted
  folder: string
  /** By labs, in their order, and within a lab in the order they were made. */
  changes: Change[]
  labsDone: Set<string>
  lastSeq: number
}

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Makes the folder of a new run: `.lab/runs/<id>`; the id is short enough to be typed. */
export async function newRunFolder(labFolder: string): Promise<{ runId: string; folder: string }> {
  const runs = join(labFolder, 'runs')
  await mkdir(runs, { recursive: true })
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const runId = Array.from({ length: 6 }, () => alphabet[randomInt(alphabet.length)]).join('')
    try {
      await mkdir(join(runs, runId), { mode: 0o700 })
      return { runId, folder: join(runs, runId) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  throw environmentError(`cannot make a run folder in ${runs}`)
}

/**
 * Every run of the folder that has a journal, oldest first.
 *
 * @throws LabError (usage) at a journal of another version or without its first line, (environment) at one that cannot be read: what such a
 * run left is not taken for gone
 */
export async function pastRuns(labFolder: string): Promise<PastRun[]> {
  const runs = join(labFolder, 'runs')
  const names = await readdir(runs).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw environmentError(`${runs} cannot be read: ${error.code}`, 'make it a folder that you may read')
  })
  const read = await Promise.all(
    names.map(async name => {
      const text = await journalText(join(runs, name, 'journal.jsonl'))
      return text === null ? null : asRun(text, join(runs, name))
    }),
  )
  return read
    .filter(run => run !== null)
    .sort((a, b) => numberOf(a) - numberOf(b) || (a.start.startedAt < b.start.startedAt ? -1 : 1))
}

const numberOf = ({ start }: PastRun): number => start.number ?? 0

/** What a run is to be numbered that begins after these. */
export const numberAfter = (runs: readonly PastRun[]): number => Math.max(0, ...runs.map(numberOf)) + 1

/** A thing by its account, type and name. */
export const thingKey = (account: string, { type, name }: { type: string; name: string }): string =>
  `${account} ${type} ${name}`

function asRun(text: string, folder: string): PastRun | null {
  const events = readJournal(text)
  const start = events.find(event => event.event === 'run')
  if (!start && brokeOffAtOnce(text)) return null
  if (!start) throw headless(join(folder, 'journal.jsonl'))
  checkVersion(start, join(folder, 'journal.jsonl'))
  const changes = new Map<number, Change>()
  const labsDone = new Set<string>()
  /** Whose intent was read, or that were taken back. */
  const known = new Set<number>()
  /** Of which no line needs to be told any more, or is. */
  const told = new Set<number>()
  let lastSeq = 0
  for (const event of events) {
    if ('seq' in event && !(event.event === 'undone' && event.result === 'left')) told.add(event.seq)
    if (event.event === 'intent') {
      lastSeq = Math.max(lastSeq, event.seq)
      known.add(event.seq)
      changes.set(event.seq, { ...event, runId: start.runId, result: 'unknown', remember: null, tried: null })
    } else if (event.event === 'result') {
      const change =
        changes.get(event.seq) ??
        (known.has(event.seq) ? undefined : lostIntent(event.seq, start.runId, event.remember))
      lastSeq = Math.max(lastSeq, event.seq)
      if (event.result === 'refused') changes.delete(event.seq)
      else if (change) changes.set(event.seq, { ...change, result: event.result, remember: event.remember })
    } else if (event.event === 'undone') {
      const change = changes.get(event.seq)
      known.add(event.seq)
      lastSeq = Math.max(lastSeq, event.seq)
      if (event.result === 'left' && change) changes.set(event.seq, { ...change, tried: 'left' })
      else changes.delete(event.seq)
    } else if (event.event === 'lab-done') labsDone.add(event.lab)
  }
  for (let seq = 1; seq <= lastSeq; seq += 1) if (!told.has(seq)) changes.set(seq, lostIntent(seq, start.runId, null))
  return { start, folder, changes: [...changes.values()].sort(byLab(start)), labsDone, lastSeq }
}

/** Labs that ran together are told apart: where nothing joins them, any order is true, and this one is always the same. */
export function byLab({ labs }: RunStarted): (a: Change, b: Change) => number {
  if (labs === undefined) return () => 0
  const position = new Map(labs.map((lab, index) => [lab, index]))
  const of = ({ lab }: Change): number => position.get(lab) ?? labs.length
  return (a, b) => of(a) - of(b) || a.seq - b.seq
}

/** The kind of a change whose intent was lost. */
export const unreadable = 'unreadable'

/**
 * A number whose intent cannot be read any more, or is missing: something was made or changed, and nobody knows what. It is left until
 * somebody looks.
 */
const lostIntent = (seq: number, runId: string, remember: Result['remember']): Change => ({
  event: 'intent',
  seq,
  lab: '',
  step: '',
  kind: unreadable,
  fields: null,
  before: null,
  runId,
  result: 'unknown',
  remember,
  tried: null,
  resource: {
    type: 'unreadable journal entry',
    name: `${seq}`,
    arn: typeof remember?.arn === 'string' ? remember.arn : null,
    part: false,
  },
})

/** Opens a past run's journal to write on. */
export const reopen = (run: PastRun): Journal =>
  Journal.open(join(run.folder, 'journal.jsonl'), Math.max(1, run.lastSeq))

/** Path of a run's own profile file. */
export const credentialsOf = (folder: string): string => join(folder, 'credentials')
