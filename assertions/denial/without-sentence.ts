import { isDenialCode } from '../codes.ts'
import type { Denial } from '../outcome.ts'
import { type FoundCode, looseCodes, registryCode, slotCodes } from './code.ts'
import { meaningOfCode, nearMissIn, saysDenied } from './near-misses.ts'
import type { NearMiss } from './parsed-denial.ts'
import { readReason } from './reason.ts'
import type { Region } from './span.ts'
import { startsWord } from './squeeze.ts'
import { operationBefore, operationOfCode } from './wrapping.ts'

/** What a stretch of text without AWS's sentence says: a refusal without its words, or what it is instead. */
export interface Remark {
  denial: Denial
  notDenial: NearMiss | null
  start: number
  end: number
}

const unnamed = {
  operation: null,
  principal: null,
  action: null,
  resource: null,
  decision: null,
  policyType: null,
  policyArn: null,
}

/** The reason alone (`because no ... policy allows ...`), as an author may paste it. */
const reasonAlone = (region: Region, from: number): Remark | null => {
  const { squeezed, limit } = region
  const lower = squeezed.lower.slice(from, limit)
  for (const phrase of ['becauseno', 'withanexplicitdeny', 'becausetheroletrustpolicyallows']) {
    const at = from + lower.indexOf(phrase)
    if (at < from || !startsWord(squeezed, at)) continue
    const { action, decision, policyType, policyArn, end } = readReason(region, at)
    if (decision === null) continue
    const denial = { ...unnamed, code: null, action, decision, policyType, policyArn }
    return { denial, notDenial: null, start: at, end }
  }
  return null
}

const dockerCode = (region: Region, from: number): FoundCode | null => {
  const at = from + region.squeezed.lower.slice(from, region.limit).indexOf('denied:')
  return at < from ? null : registryCode(region.squeezed, from, at + 'denied:'.length)
}

const codeIn = (region: Region, from: number): FoundCode | null =>
  slotCodes(region.squeezed, from, region.limit)[0] ??
  looseCodes(region.squeezed, from, region.limit)[0] ??
  dockerCode(region, from)

/** The operation that the client names with the code, or anywhere in the text when there is no code. */
const operationIn = (region: Region, from: number, found: FoundCode | null): string | null =>
  found === null
    ? operationBefore(region.squeezed, from, region.limit)
    : operationOfCode(region.squeezed, from, found.start, found.end)

/** Judges the text from `from` to the region's limit, in which AWS's sentence does not stand. `before`: where its wrapping may begin. */
export const readRemark = (region: Region, before: number, from: number): Remark => {
  const lower = region.squeezed.lower.slice(from, region.limit)
  const found = codeIn(region, from)
  const place = { start: found?.start ?? from, end: found?.end ?? region.limit }
  const miss = nearMissIn(lower)
  const code = found?.code ?? miss?.code ?? null
  const denial = { ...unnamed, code, operation: operationIn(region, before, found) }
  if (miss !== null) return { denial, notDenial: { code, meaning: miss.meaning }, ...place }
  const { operation } = denial
  const reason = reasonAlone(region, from)
  if (reason !== null) return { ...reason, denial: { ...reason.denial, code, operation } }
  const isDenied = code === null ? saysDenied(lower) : isDenialCode(code) && code !== 'denied'
  if (isDenied || lower.includes('denied:user:')) return { denial, notDenial: null, ...place }
  const meaning = code === null ? 'nothing in it says that AWS refused' : meaningOfCode(code)
  return { denial, notDenial: { code, meaning }, ...place }
}
