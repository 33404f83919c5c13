import { closeSync, fdatasync, fstatSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { environmentError } from '../lab-error.ts'
import type { Resource } from '../steps/step-kind.ts'
import { journalGone } from './journal-gone.ts'

/** Of the form of a journal. One of another form is refused (runs.ts). */
export const journalVersion = 1

/** First line of a journal. */
export interface RunStarted {
  event: 'run'
  v: typeof journalVersion
  runId: string
  target: 'sandbox' | 'aws'
  accountId: string
  region: string
  endpoint: string | null
  /** Of single services, where they were not all at one place. Absent in journals of older versions. */
  endpoints?: Readonly<Record<string, string>> | undefined
  startedAt: string
  /** One more than any run of the folder had when it began: clocks go back. Absent: a run of before there were numbers. */
  number?: number
  isolated: boolean
  /** Its labs in their order, which is told where several are run together. Absent in journals of older versions. */
  labs?: readonly string[]
  /** The labs it was asked for, without those only needed. Absent in journals of older versions. */
  asked?: readonly string[]
}

/** Written, and on the disk, before a changing call is sent. Holds names and documents, never secrets. */
export interface Intent {
  event: 'intent'
  seq: number
  lab: string
  step: string
  kind: string
  /** When it was written, ISO 8601. Absent in journals of older versions. */
  at?: string
  /** The kind's fields, templates resolved: enough to undo it in another process. */
  fields: unknown
  /** Account it was made in, where that is not the run's. */
  account?: string
  resource: Resource | null
  before: Record<string, unknown> | null
}

export interface Result {
  event: 'result'
  seq: number
  /** done: it took effect. refused: it did not. unknown: no answer came. */
  result: 'done' | 'refused' | 'unknown'
  remember: Record<string, unknown> | null
}

export interface UndoneEvent {
  event: 'undone'
  seq: number
  result: 'gone' | 'foreign' | 'left'
  note: string | null
}

/** All steps of a lab were run to their end in this run. */
export interface LabDone {
  event: 'lab-done'
  lab: string
}

export type JournalEvent = RunStarted | Intent | Result | UndoneEvent | LabDone

const toDisk = promisify(fdatasync)

/** Appends events to a run's journal, each on the disk before `write` resolves. What is written at the same time goes there together. */
export class Journal {
  readonly #path: string
  readonly #file: number
  #seq: number
  #closed = false
  /** The last line was cut, by a crash or by a full disk: what follows must not be joined to it. */
  #torn: boolean
  /** Under way. */
  #syncing: Promise<void> = Promise.resolve()
  /** Begins after it, and takes all that is written until then. */
  #next: Promise<void> | null = null

  private constructor(path: string, seq: number, torn: boolean) {
    this.#path = path
    this.#file = openSync(path, 'a', 0o600)
    this.#seq = seq
    this.#torn = torn
  }

  /** @param seq the last number used in the file; 0 for a new one, whose folder is then on the disk too */
  static open(path: string, seq = 0): Journal {
    const journal = new Journal(path, seq, seq > 0 && endsTorn(path))
    if (seq === 0) for (const folder of foldersOf(path)) keepFolder(folder)
    return journal
  }

  next(): number {
    this.#seq += 1
    return this.#seq
  }

  /**
   * The line is in the file when this returns, and on the disk when it resolves.
   *
   * @throws LabError when it cannot be written (environment), or somebody has deleted the file (leftovers): then nothing may be sent that it does not tell of. Error once it is closed: by
   * then the number of its file may be that of another one
   */
  async write(event: JournalEvent): Promise<void> {
    if (this.#closed) throw new Error('the journal is closed')
    if (fstatSync(this.#file).nlink === 0) throw journalGone(this.#path)
    try {
      this.#append(`${JSON.stringify(event)}\n`)
      this.#next ??= this.#sync(this.#syncing)
      await this.#next
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      throw environmentError(
        `${this.#path} cannot be written: ${code ?? (error as Error).message}`,
        'make room for it, then lab teardown takes back what was made',
        { cause: error },
      )
    }
  }

  #append(line: string): void {
    if (this.#torn) writeSync(this.#file, '\n')
    this.#torn = true
    // A disk that fills up takes a part of it, and says so only when it is asked for the rest.
    for (let rest = Buffer.from(line), taken = writeSync(this.#file, line); taken < rest.length; ) {
      rest = rest.subarray(taken)
      taken = writeSync(this.#file, rest)
    }
    this.#torn = false
  }

  async #sync(before: Promise<void>): Promise<void> {
    await before.catch(() => undefined)
    this.#next = null
    this.#syncing = toDisk(this.#file)
    await this.#syncing
  }

  /** What was written is on the disk before the file is closed. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    // Whoever wrote it has heard that it failed.
    await (this.#next ?? this.#syncing).catch(() => undefined)
    closeSync(this.#file)
  }
}

/** A journal's own folder, that of all runs, `.lab`, and the one that holds that, which may be new: a power cut may take a file whose name is not on the disk yet. */
function foldersOf(path: string): string[] {
  const run = dirname(path)
  const runs = dirname(run)
  return [run, runs, dirname(runs), dirname(dirname(runs))]
}

function keepFolder(folder: string): void {
  let file: number
  try {
    file = openSync(folder, 'r')
  } catch {
    // Windows opens no folders, and has no need to.
    return
  }
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

const endsTorn = (path: string): boolean => {
  const text = readFileSync(path, 'utf8')
  return text !== '' && !text.endsWith('\n')
}

/** Reads a journal as far as it can be read: a torn or unreadable line is passed over, whatever stands before and after it counts. */
export function readJournal(text: string): JournalEvent[] {
  return text.split('\n').flatMap(line => {
    if (line === '') return []
    try {
      const event = JSON.parse(line) as JournalEvent
      return typeof event === 'object' && event !== null && typeof event.event === 'string' ? [event] : []
    } catch {
      return []
    }
  })
}
