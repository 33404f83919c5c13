import { unsure } from './unsure.ts'

export interface PageInput {
  nextToken?: string
  maxResults?: number
}

export interface Page<T> {
  items: T[]
  rest: { nextToken?: string }
}

const encode = (key: string): string => Buffer.from(key, 'utf8').toString('base64')

/** The key of the last item shown, from a nextToken. */
export const readToken = (token: string | undefined): string | undefined => {
  if (token === undefined) return undefined
  const key = Buffer.from(token, 'base64').toString('utf8')
  if (key === '' || encode(key) !== token) throw unsure.invalidToken()
  return key
}

/** The next page of items whose keys are in ascending order, beginning after the token. What comes before it may be left out already. */
export const page = <T>(
  sorted: Iterable<T>,
  { nextToken, maxResults = 100 }: PageInput,
  keyOf: (item: T) => string,
): Page<T> => {
  const after = readToken(nextToken)
  const items: T[] = []
  for (const item of sorted) {
    if (after !== undefined && keyOf(item) <= after) continue
    if (items.length === maxResults) return { items, rest: { nextToken: encode(keyOf(items[maxResults - 1] ?? item)) } }
    items.push(item)
  }
  return { items, rest: {} }
}
