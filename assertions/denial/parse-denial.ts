import { findAnchors } from './anchors.ts'
import { slotCodes } from './code.ts'
import type { NearMiss, ParsedDenial } from './parsed-denial.ts'
import { readSentence, type Sentence } from './sentence.ts'
import { type Region, readWord } from './span.ts'
import { type Squeezed, squeeze } from './squeeze.ts'
import { type Remark, readRemark } from './without-sentence.ts'
import { readWrapping } from './wrapping.ts'

const authorizationLabel = 'authorizationid:'
const encodedLabel = 'encodedauthorizationfailuremessage:'
const suffixReach = 900

/** A cloud that copies AWS's sentence has principals of its own (`acs:ram::...`, `arn:minio:...`). */
const foreignPrincipal = /^(?:acs|qcs|urn|crn|trn|iam|sts):|^arn:(?!aws)[a-z]+:/
const foreign: NearMiss = { code: null, meaning: 'another cloud that uses the same words refused, not AWS' }

const originalOffsets = (squeezed: Squeezed, start: number, end: number) => ({
  start: squeezed.at[start] ?? 0,
  end: end > start ? (squeezed.at[end - 1] ?? 0) + 1 : (squeezed.at[start] ?? 0),
})

const fromSentence = (region: Region, from: number, sentence: Sentence): ParsedDenial => {
  const { squeezed } = region
  const { start, end, ...fields } = sentence
  const { code, operation, requestId } = readWrapping(region, from, start, end)
  const behind = squeezed.lower.slice(end, Math.min(region.limit, end + suffixReach))
  const label = behind.indexOf(authorizationLabel)
  const id = label < 0 ? '' : readWord(region, end + label + authorizationLabel.length, /[0-9A-Za-z]/)
  const isForeign = foreignPrincipal.test(fields.principal ?? '')
  return {
    code,
    operation,
    ...fields,
    isDenial: !isForeign,
    notDenial: isForeign ? { ...foreign, code } : null,
    ...originalOffsets(
      squeezed,
      start,
      label < 0 || id === '' ? end : end + label + authorizationLabel.length + id.length,
    ),
    requestId,
    authorizationId: id === '' ? null : id,
    encodedMessage: behind.includes(encodedLabel),
  }
}

const fromRemark = (region: Region, from: number, remark: Remark): ParsedDenial => ({
  ...remark.denial,
  isDenial: remark.notDenial === null,
  notDenial: remark.notDenial,
  ...originalOffsets(region.squeezed, remark.start, remark.end),
  requestId: readWrapping(region, from, remark.start, remark.end).requestId,
  authorizationId: null,
  encodedMessage: region.squeezed.lower.slice(from, region.limit).includes(encodedLabel),
})

/** Every sentence of AWS's in the text, each bounded by its neighbours. */
const sentences = (squeezed: Squeezed): ParsedDenial[] => {
  const anchors = findAnchors(squeezed)
  const found: ParsedDenial[] = []
  let from = 0
  anchors.forEach((anchor, index) => {
    const next = anchors[index + 1]
    const limit = next?.at ?? squeezed.text.length
    const region = { squeezed, limit, cut: next === undefined }
    const sentence = readSentence(region, from, anchor)
    if (sentence !== null) found.push(fromSentence(region, from, sentence))
    from = sentence?.end ?? anchor.end
  })
  return found
}

/** A log may hold refusals without a sentence: each code in a client's place for it is judged with the text behind it. */
const remarks = (squeezed: Squeezed): ParsedDenial[] => {
  const end = squeezed.text.length
  const codes = slotCodes(squeezed, 0, end)
  if (codes.length < 2) {
    const whole = { squeezed, limit: end, cut: true }
    return [fromRemark(whole, 0, readRemark(whole, 0, 0))]
  }
  return codes.map((code, index) => {
    const before = codes[index - 1]?.end ?? 0
    const next = codes[index + 1]
    const region = { squeezed, limit: next?.from ?? end, cut: next === undefined }
    const from = index === 0 ? 0 : code.from
    return fromRemark(region, from, readRemark(region, before, from))
  })
}

const repeats = (text: string, earlier: ParsedDenial, later: ParsedDenial): boolean =>
  earlier.principal === later.principal &&
  earlier.action === later.action &&
  later.start - earlier.end < 80 &&
  !text.slice(earlier.end, later.start).includes('\n')

const readAll = (text: string): ParsedDenial[] => {
  const squeezed = squeeze(text)
  const all = sentences(squeezed)
  const told = all.some(({ isDenial }) => isDenial) ? all : [...all, ...remarks(squeezed)]
  // PHP's SDK prints the message twice in one line.
  return told.filter((denial, index) => {
    const earlier = told[index - 1]
    return earlier === undefined || !repeats(text, earlier, denial)
  })
}

/**
 * Reads every denial in a text, in order: from any client's wrapping, broken over lines, redacted or cut short.
 * Empty when there is none. Time grows linearly with the text.
 * The grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export const parseDenials = (text: string): ParsedDenial[] => readAll(text).filter(({ isDenial }) => isDenial)

/** Reads the first denial of a text; when there is none, `isDenial` is false and `notDenial` says what the text is instead. */
export const parseDenial = (text: string): ParsedDenial => {
  const all = readAll(text)
  const [first] = all
  const denial = all.find(({ isDenial }) => isDenial) ?? first
  if (denial === undefined) throw new Error('a text was read as nothing at all')
  return denial
}
