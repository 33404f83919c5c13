import { codeAfter, codeBefore } from './code.ts'
import { type Region, readWord } from './span.ts'
import type { Squeezed } from './squeeze.ts'

/** What the client that printed a sentence says around it. */
export interface Wrapping {
  code: string | null
  operation: string | null
  requestId: string | null
}

const nearBefore = 700
const nearAfter = 500

/** Where clients name the operation, in squeezed text before the sentence; the last match counts. */
const operations: readonly RegExp[] = [
  /whencallingthe([A-Za-z0-9]{1,80}?)operation(?![a-z])/g,
  /operationerror[A-Za-z0-9]{1,60}:([A-Za-z0-9]{1,80}),/g,
  /API:[a-z0-9-]{1,40}:([A-Z][A-Za-z0-9]{1,80})$/g,
  /[Ee]rrorexecuting"([A-Za-z0-9]{1,80})"on/g,
]

/** The operation named last before `at`. */
export const operationBefore = (squeezed: Squeezed, from: number, at: number): string | null => {
  const window = squeezed.text.slice(Math.max(from, at - nearBefore), at)
  let last: { operation: string; at: number } | null = null
  for (const pattern of operations) {
    for (const match of window.matchAll(pattern)) {
      if (match[1] !== undefined && match.index >= (last?.at ?? 0)) last = { operation: match[1], at: match.index }
    }
  }
  return last?.operation ?? null
}

const operationBehindCode = /^\)(?:occurred)?whencallingthe([A-Za-z0-9]{1,80}?)operation(?![a-z])/

/** The operation in the wrapping of a code that stands at `start` to `end`: right behind it, or before it. */
export const operationOfCode = (squeezed: Squeezed, from: number, start: number, end: number): string | null =>
  operationBehindCode.exec(squeezed.text.slice(end, end + 120))?.[1] ?? operationBefore(squeezed, from, start)

const idLabel = /requestid["']?(?:[:=]["']?|>)/g

const requestIdIn = (region: Region, from: number): string | null => {
  const window = region.squeezed.lower.slice(from, region.limit)
  for (const match of window.matchAll(idLabel)) {
    const id = readWord(region, from + match.index + match[0].length, /[0-9A-Za-z-]/)
    if (id.length >= 8) return id
  }
  return null
}

/**
 * Reads what stands around the sentence from `start` to `end`: aws CLI, botocore, SDKs for Go, Java, PHP, Ruby and
 * JavaScript, XML and JSON bodies, docker. Looks no farther than `from` and `limit`, the neighbouring sentences.
 */
export const readWrapping = (region: Region, from: number, start: number, end: number): Wrapping => {
  const { squeezed } = region
  const earliest = Math.max(from, start - nearBefore)
  const latest = Math.min(region.limit, end + nearAfter)
  const around = { ...region, limit: latest }
  return {
    code: codeBefore(squeezed, earliest, start)?.code ?? codeAfter(squeezed, end, latest),
    operation: operationBefore(squeezed, from, start),
    requestId: requestIdIn({ ...around, limit: start }, earliest) ?? requestIdIn(around, end),
  }
}
