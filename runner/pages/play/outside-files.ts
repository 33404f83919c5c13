import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import type { Page } from '../parse/page.ts'
import { readTrace } from '../reading/read-trace.ts'

/**
 * The files outside of its home that a page sends something to, such as `/tmp/session.json`: those that are not there yet. They may hold
 * credentials, so they go with the shell.
 */
export function outsideFiles(page: Page): string[] {
  const paths = readTrace([{ page, env: {} }]).ran.flatMap(({ written }) => written.map(({ path }) => path))
  return [...new Set(paths)].filter(path => isAbsolute(path) && !path.startsWith('/dev/') && !existsSync(path))
}

/** One that the page has made a folder of by now stays. */
export const removeFiles = async (files: readonly string[]): Promise<void> => {
  await Promise.all(files.map(file => rm(file, { force: true }).catch(() => undefined)))
}
