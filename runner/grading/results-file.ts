import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import type { StudentReport } from './student-report.ts'

/** What is kept in memory of a result: the report stays on the disk. */
export interface Kept {
  /** Of the row and the labs: another digest is another question. */
  digest: string
  graded: boolean
  points: number | null
  maxPoints: number
  durationMs: number
  offset: number
  length: number
}

interface Line {
  digest: string
  report: StudentReport
}

/** Results of a grading, one line each as they come. A line that a crash tore is as if it had never been; of two of one student the later holds. */
export class ResultsFile {
  readonly #file: number
  readonly #kept = new Map<string, Kept>()
  #end = 0

  private constructor(file: number) {
    this.#file = file
  }

  /** To be read only: a torn end is passed over. */
  static openToRead(path: string): ResultsFile {
    const results = new ResultsFile(openSync(path, 'r'))
    results.#index(false)
    return results
  }

  /** @param anew what is there goes */
  static open(path: string, anew: boolean): ResultsFile {
    const results = new ResultsFile(openSync(path, anew ? 'w+' : 'a+', 0o600))
    results.#index()
    return results
  }

  get(student: string): Kept | undefined {
    return this.#kept.get(student)
  }

  forget(student: string): void {
    this.#kept.delete(student)
  }

  add(digest: string, report: StudentReport): void {
    const line: Line = { digest, report }
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`)
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#file, bytes, done)
    this.#keep(line, this.#end, bytes.length)
    this.#end += bytes.length
  }

  students(): IterableIterator<string> {
    return this.#kept.keys()
  }

  read(student: string): StudentReport | null {
    const kept = this.#kept.get(student)
    return kept ? this.#line(kept.offset, kept.length).report : null
  }

  close(): void {
    closeSync(this.#file)
  }

  #keep({ digest, report }: Line, offset: number, length: number): void {
    const { student, graded, points, maxPoints, durationMs } = report
    this.#kept.set(student, { digest, graded, points, maxPoints, durationMs, offset, length })
  }

  #line(offset: number, length: number): Line {
    const bytes = Buffer.alloc(length)
    for (let done = 0; done < length; ) {
      const read = readSync(this.#file, bytes, done, length - done, offset + done)
      if (read === 0) break
      done += read
    }
    return JSON.parse(bytes.toString()) as Line
  }

  /** Reads line by line what an earlier process left, and cuts off a torn end. */
  #index(mend = true): void {
    const size = fstatSync(this.#file).size
    const chunk = Buffer.alloc(1 << 20)
    let begin = 0
    for (let at = 0; at < size; ) {
      const read = readSync(this.#file, chunk, 0, chunk.length, at)
      if (read === 0) break
      for (let from = 0; ; ) {
        const newline = chunk.subarray(0, read).indexOf(10, from)
        if (newline < 0) break
        const end = at + newline + 1
        try {
          this.#keep(this.#line(begin, end - begin), begin, end - begin)
        } catch {
          // Not a line of ours: nobody's result.
        }
        begin = end
        from = newline + 1
      }
      at += read
    }
    if (mend && begin < size) ftruncateSync(this.#file, begin)
    this.#end = begin
  }
}
