import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { Edit, Finding } from './finding.ts'

/**
 * Writes the fixes of findings into their files, each file at once, every other byte kept. Of two that overlap the first is done: the other one
 * is found again.
 *
 * @returns the findings that were mended
 */
export async function applyFixes(findings: readonly Finding[]): Promise<Finding[]> {
  const mended: Finding[] = []
  const edits: Edit[] = []
  for (const finding of findings) {
    const { fix = [] } = finding
    if (fix.length === 0 || fix.some(one => edits.some(other => overlap(one, other)))) continue
    mended.push(finding)
    edits.push(...fix)
  }
  for (const file of new Set(edits.map(edit => edit.file)))
    await rewrite(
      file,
      edits.filter(edit => edit.file === file),
    )
  return mended
}

const overlap = (one: Edit, other: Edit): boolean =>
  one.file === other.file && (one.start === other.start || (one.start < other.end && other.start < one.end))

/** The text with its edits: from the end, so that offsets stay. */
export const edited = (text: string, edits: readonly Edit[]): string =>
  [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, text: put }) => result.slice(0, start) + put + result.slice(end), text)

async function rewrite(file: string, edits: readonly Edit[]): Promise<void> {
  const whole = await readFile(file, 'utf8')
  // Offsets are those of the text behind a byte order mark.
  const mark = whole.startsWith('\uFEFF') ? '\uFEFF' : ''
  const beside = `${file}.${process.pid}`
  try {
    await writeFile(beside, mark + edited(whole.slice(mark.length), edits))
    await rename(beside, file)
  } finally {
    await rm(beside, { force: true })
  }
}
