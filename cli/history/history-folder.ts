import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Report } from '../../assertions/index.ts'
import { usageError } from '../../runner/lab-error.ts'
import { entryOf, type HistoryEntry } from './entry.ts'

/** Keeps a summary: one file a run, so that two processes never write the same. */
export async function keepInHistory(labFolder: string, report: Report): Promise<void> {
  const folder = join(labFolder, 'history')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${report.runId}.json`), `${JSON.stringify(entryOf(report))}\n`, { mode: 0o600 })
}

/** Every summary that can be read, oldest first; half a file, of a process that was ended, is none, nor is what may not be read. */
export async function readHistory(labFolder: string): Promise<HistoryEntry[]> {
  const folder = join(labFolder, 'history')
  const names = (await readdir(folder).catch(() => [])).filter(name => name.endsWith('.json'))
  const entries = await Promise.all(
    names.map(async name => asEntry(await readFile(join(folder, name), 'utf8').catch(() => ''))),
  )
  return entries.filter(entry => entry !== null).sort((a, b) => a.startedAt.localeCompare(b.startedAt))
}

function asEntry(text: string): HistoryEntry | null {
  try {
    const entry = JSON.parse(text) as HistoryEntry
    return entry.schemaVersion === 1 && Array.isArray(entry.labs) ? entry : null
  } catch {
    return null
  }
}

/** @throws LabError (usage) when the history has no such run */
export function entryNamed(history: readonly HistoryEntry[], runId: string): HistoryEntry {
  const found = history.find(entry => entry.runId === runId)
  if (found) return found
  const known = history.slice(-5).map(entry => `\`${entry.runId}\``)
  throw usageError(
    `the history has no run \`${runId}\``,
    known.length === 0 ? 'it is empty: lab run LAB starts it' : `the last are: ${known.join(', ')}`,
  )
}
