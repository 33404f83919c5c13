import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { announce, beat, beatEvery, identify, outsideListOf } from '../../engine/outside-list.ts'
import type { Page, PageCommand } from '../parse/page.ts'
import { readTrace } from '../reading/read-trace.ts'
import { unknown, type Written } from '../reading/trace.ts'

/** What each command of a page sends to files outside of its home, such as `/tmp/session.json`, as far as reading tells. */
export function writtenOutside(page: Page): Map<PageCommand, Written[]> {
  const found = new Map<PageCommand, Written[]>()
  for (const { command, written } of readTrace([{ page, env: {} }]).ran)
    for (const each of written)
      if (isAbsolute(each.path) && !each.path.startsWith('/dev/') && !each.path.includes(unknown))
        found.set(command, [...(found.get(command) ?? []), each])
  return found
}

/**
 * The files outside of its home that a run's pages bring into being. They may hold credentials, so they go with the shell; they are on the disk
 * before they are written, so that after a killed run somebody else can take them away.
 */
export class OutsideFiles {
  readonly #list: string
  readonly #written = new Map<PageCommand, Written[]>()
  /** What no file had the name of when its page began. */
  readonly #fresh = new Set<string>()
  readonly #begun = new Set<string>()
  #beating: NodeJS.Timeout | undefined

  /** @param folder of the run's pages */
  constructor(folder: string) {
    this.#list = outsideListOf(folder)
  }

  /** Before the first command of a page. */
  add(page: Page): void {
    for (const [command, written] of writtenOutside(page)) {
      this.#written.set(command, written)
      for (const { path } of written) if (!existsSync(path)) this.#fresh.add(path)
    }
  }

  /** Before a command. Gives the files of somebody else that it overwrites: they stay as it leaves them. */
  async before(command: PageCommand): Promise<string[]> {
    const written = this.#written.get(command) ?? []
    const own = written.map(({ path }) => path).filter(path => this.#fresh.has(path) && !this.#begun.has(path))
    for (const path of own) this.#begun.add(path)
    if (own.length > 0) {
      await announce(this.#list, own)
      this.#beating = setInterval(() => void beat(this.#list), beatEvery).unref()
    }
    return written.filter(({ path, appends }) => !appends && !this.#fresh.has(path)).map(({ path }) => path)
  }

  /** After it. */
  async after(): Promise<void> {
    clearInterval(this.#beating)
    if (this.#begun.size > 0) await identify(this.#list, this.#begun)
  }

  /** One that the page has made a folder of by now stays. */
  async remove(): Promise<void> {
    clearInterval(this.#beating)
    await Promise.all([...this.#begun].map(file => rm(file, { force: true }).catch(() => undefined)))
  }
}
