import { closeSync, fdatasync, openSync, readFileSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Resource } from '../steps/step-kind.ts'

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
  startedAt: string
  isolated: boolean
  /** Its labs in their order, which is told where several are run together. Absent in journals of older versions. */
  labs?: readonly string[]
}

/** Written, and on the disk, before a changing call is sent. Holds names and documents, never secrets. */
export interface Intent {
  event: 'intent'
  seq: number
  lab: string
  step: string
  kind: string
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
  readonly #file: number
  #seq: number
  #closed = false
  /** Under way. */
  #syncing: Promise<void> = Promise.resolve()
  /** Begins after it, and takes all that is written until then. */
  #next: Promise<void> | null = null

  private constructor(file: number, seq: number) {
    this.#file = file
    this.#seq = seq
  }

  /** @param seq the last number used in the file; 0 for a new one */
  static open(path: string, seq = 0): Journal {
    const torn = seq > 0 && endsTorn(path)
    const journal = new Journal(openSync(path, 'a', 0o600), seq)
    // A crash may have cut the last line: what follows must not be joined to it.
    if (torn) writeSync(journal.#file, '\n')
    return journal
  }

  next(): number {
    this.#seq += 1
    return this.#seq
  }

  /**
   * The line is in the file when this returns, and on the disk when it resolves.
   *
   * @throws Error once it is closed: by then the number of its file may be that of another one
   */
  async write(event: JournalEvent): Promise<void> {
    if (this.#closed) throw new Error('the journal is closed')
    writeSync(this.#file, `${JSON.stringify(event)}\n`)
    this.#next ??= this.#sync(this.#syncing)
    await this.#next
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
