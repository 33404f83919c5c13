import { isUtf8 } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import type { Page } from '../parse/page.ts'
import { readPage } from '../parse/read-page.ts'
import type { Drift } from './drift.ts'
import { lengthenFences } from './longer-fences.ts'

/**
 * Puts new text into output blocks of a page, every other byte as it was, all at once: a new file takes the place of the old one.
 * @throws Error where the page has changed since it was read, is no UTF-8, or would read otherwise afterwards; it is then as it was
 */
export async function rewritePage(page: Page, drifts: readonly Drift[]): Promise<void> {
  const file = await realpath(page.file)
  const bytes = await readFile(file)
  if (!isUtf8(bytes)) throw new Error('the page is no UTF-8')
  const text = bytes.toString('utf8')
  // A byte order mark is no part of what was read, and stays.
  const mark = text.startsWith('\uFEFF') && !page.source.startsWith('\uFEFF') ? '\uFEFF' : ''
  if (text !== `${mark}${page.source}`) throw new Error('the page was changed while it ran')
  const rewritten = withOutputs(page.source, drifts)
  if (!readsAsMeant(page, rewritten, drifts))
    throw new Error('with what the commands print its blocks would not be read as they are now; write them by hand')
  const { mode } = await stat(file)
  const temporary = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  try {
    const handle = await open(temporary, 'wx', mode)
    try {
      await handle.writeFile(`${mark}${rewritten}`)
      await handle.chmod(mode)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** The text of a page with new text in its output blocks. */
export function withOutputs(source: string, drifts: readonly Drift[]): string {
  const lines = source.split('\n')
  lengthenFences(lines, drifts)
  for (const { block, text } of [...drifts].sort((a, b) => b.block.firstLine - a.block.firstLine)) {
    const first = lines[block.firstLine - 1] ?? ''
    const own = block.text.split('\n')[0] ?? ''
    const bare = first.replace(/\r$/, '')
    const ending = bare === first ? '' : '\r'
    const before = bare.endsWith(own) ? bare.slice(0, bare.length - own.length) : (/^\s*/.exec(bare)?.[0] ?? '')
    const written = text.split('\n').map(line => `${line === '' ? before.trimEnd() : `${before}${line}`}${ending}`)
    lines.splice(block.firstLine - 1, block.lastLine - block.firstLine + 1, ...written)
  }
  return lines.join('\n')
}

/** Whether the new text has the commands of the page, each with the output that it had or was to get. Spaces are not compared. */
function readsAsMeant(page: Page, rewritten: string, drifts: readonly Drift[]): boolean {
  const meant = page.commands.map(({ text, mode, output }) => {
    const drift = drifts.find(({ block }) => block.firstLine === output?.firstLine)
    return [mode, text, output && plain(drift?.text ?? output.text)]
  })
  const found = readPage(page.file, rewritten).commands
  return (
    JSON.stringify(found.map(({ text, mode, output }) => [mode, text, output && plain(output.text)])) ===
    JSON.stringify(meant)
  )
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim()
