import type { Region } from './span.ts'
import { blank, gapAt, lineBreak, none } from './squeeze.ts'

/** What may come behind an action, a resource or a policy's ARN, without blanks and in lower case. */
const reasons = ['because', 'withanexplicitdeny']
const resources = ['onresource', 'onthisresource']
const others = [
  '(service',
  '(sdkattemptcount',
  '(requesttoken',
  '(aws::',
  'statuscode:',
  'gotohttp',
  'encodedauthorization',
  'anerroroccurred',
  'aclienterror',
  'user:',
  'denied:',
  'error:',
  '--->',
  '<--',
  '←',
]

/** First words of lines that belong to other text: stack traces, Terraform, shells, dated logs. */
const lineStarts = ['at', 'from', 'on', 'with', 'exit', 'info', 'warn', 'error', 'debug']
const date = /^\d{4}[-/]\d\d[-/]\d\d/

export type Follower = 'reason' | 'resource' | 'other'

/** A prefix this short at a cut text's end may as well be the rest of a broken word. */
const tellingPrefix = 4

const begins = (region: Region, phrase: string, at: number): boolean => {
  const { squeezed, limit, cut } = region
  if (squeezed.lower.startsWith(phrase, at)) return true
  const rest = limit - at
  if (!cut || rest >= phrase.length || !phrase.startsWith(squeezed.lower.slice(at, limit))) return false
  return gapAt(squeezed, at) !== lineBreak || rest >= tellingPrefix
}

const startsOtherLine = (region: Region, at: number): boolean => {
  const { squeezed } = region
  if (date.test(squeezed.text.slice(at, at + 10))) return true
  const word = lineStarts.find(start => squeezed.lower.startsWith(start, at))
  const behind = at + (word?.length ?? 0)
  // The same letters before the sentence's next part are the end of a broken word.
  return (
    word !== undefined &&
    gapAt(squeezed, behind) === blank &&
    ![...reasons, ...resources].some(phrase => begins(region, phrase, behind))
  )
}

/** Which part of AWS's sentence, or of its wrapping, begins at `at` behind white space; null when none does. */
export const followerAt = (region: Region, at: number): Follower | null => {
  const { squeezed } = region
  if (gapAt(squeezed, at) === none || at >= region.limit) return null
  if (reasons.some(phrase => begins(region, phrase, at))) return 'reason'
  if (resources.some(phrase => begins(region, phrase, at))) return 'resource'
  if (gapAt(squeezed, at) === lineBreak && startsOtherLine(region, at)) return 'other'
  const isDash = squeezed.text[at] === '-' && gapAt(squeezed, at) === blank && gapAt(squeezed, at + 1) === blank
  return isDash || others.some(phrase => squeezed.lower.startsWith(phrase, at)) ? 'other' : null
}
