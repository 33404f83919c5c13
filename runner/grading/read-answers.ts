import { constants } from 'node:fs'
import { lstat, open, realpath } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Lab } from '../definition/index.ts'
import { answersOf } from './answer-name.ts'

/** A participant's documents. A faulty one is an empty policy, which AWS refuses; why is said. */
export interface Answers {
  /** Text by `lab/document`. */
  texts: ReadonlyMap<string, string>
  /** What was wrong with a file, by `lab/document`. */
  faults: ReadonlyMap<string, string>
}

/** The longest document that IAM takes at all; more is not read. */
const largest = 131_072
/** A policy nests seven deep. */
const deepest = 40
const refused = '{}'

/**
 * Reads a participant's answers: `<folder>/<lab>/<file>`, or `<folder>/<file>` where one lab alone has answers. What is in there is hostile until shown
 * otherwise: no link is followed, nothing outside of the folder read, nothing large read, nothing deep parsed, no template filled in.
 */
export async function readAnswers(folder: string, labs: readonly Lab[]): Promise<Answers> {
  const texts = new Map<string, string>()
  const faults = new Map<string, string>()
  const wanted = labs.flatMap(lab => answersOf(lab).map(answer => ({ lab: lab.id, ...answer })))
  const single = new Set(wanted.map(({ lab }) => lab)).size === 1
  for (const { lab, document, file } of wanted) {
    const inOwn = await readAnswer(folder, join(lab, file))
    const found = 'fault' in inOwn && inOwn.absent && single ? await readAnswer(folder, file) : inOwn
    const key = `${lab}/${document}`
    if ('fault' in found) faults.set(key, found.fault)
    texts.set(key, 'fault' in found ? refused : found.text)
  }
  return { texts, faults }
}

type Read = { text: string } | { fault: string; absent: boolean }

const fault = (text: string, absent = false): Read => ({ fault: text, absent })

async function readAnswer(folder: string, name: string): Promise<Read> {
  const path = join(folder, name)
  try {
    const found = await lstat(path)
    if (found.isSymbolicLink()) return fault(`\`${name}\` is a link, expected a file`)
    if (!found.isFile()) return fault(`\`${name}\` is not a file`)
    if (found.size > largest) return fault(`\`${name}\` is ${found.size} bytes long, at most ${largest} are read`)
    // A folder on the way may be a link as well.
    const inside = relative(await realpath(folder), await realpath(path))
    if (inside !== join(name) || inside.startsWith(`..${sep}`)) return fault(`\`${name}\` leads out of the answers`)
    const bytes = await readAtMost(path, largest)
    return checked(name, bytes)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
    if (code === 'ENOENT' || code === 'ENOTDIR') return fault(`there is no file \`${name}\``, true)
    return fault(`\`${name}\` cannot be read: ${code}`)
  }
}

async function readAtMost(path: string, most: number): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    const buffer = Buffer.alloc(most + 1)
    let length = 0
    for (let read = -1; read !== 0 && length < buffer.length; length += read)
      read = (await file.read(buffer, length, buffer.length - length, length)).bytesRead
    return buffer.subarray(0, length)
  } finally {
    await file.close()
  }
}

function checked(name: string, bytes: Buffer): Read {
  if (bytes.length > largest) return fault(`\`${name}\` grew while it was read`)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return fault(`\`${name}\` is not UTF-8`)
  }
  if (text.trim() === '') return fault(`\`${name}\` is empty`)
  if (depthOf(text) > deepest) return fault(`\`${name}\` nests deeper than ${deepest}`)
  try {
    JSON.parse(text)
  } catch (error) {
    return fault(`\`${name}\` is not JSON: ${(error as Error).message.replace(/\s+/g, ' ').slice(0, 200)}`)
  }
  return { text }
}

/** How deep brackets nest, those in strings left out. */
function depthOf(text: string): number {
  let [depth, most, inString] = [0, 0, false]
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]
    if (inString) {
      if (letter === '\\') at += 1
      else if (letter === '"') inString = false
    } else if (letter === '"') inString = true
    else if (letter === '[' || letter === '{') most = Math.max(most, ++depth)
    else if (letter === ']' || letter === '}') depth -= 1
  }
  return most
}
