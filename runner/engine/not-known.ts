import { isDerivedKey, type NotKnown } from '../../policy/index.ts'

/** What of a request's condition keys is known by those who only read the policies. */
export interface KnownOfRequest {
  /** Keys that the request has, by name. */
  given: readonly string[]
  /** The caller is who will ask, not one who stands in his place: the keys about him are his. */
  own: boolean
  /** His unique id was read. */
  id: boolean
  principalTags: boolean
  resourceTags: boolean
  /** What the call itself brings was said: `sts:ExternalId`, tags of the request. */
  call: boolean
}

const aboutCaller = /^aws:(?:principalarn|principaltype|userid|username)$/

/** What comes of the call, there or not. */
const ofCall = /^(?:sts:(?:externalid|rolesessionname|sourceidentity|transitivetagkeys)$|aws:requesttag\/|aws:tagkeys$)/

/** Half a day. What changes sooner is for whoever asks at that hour. */
const aboutNow = 12 * 3_600_000

/**
 * Every condition key is unknown but those named here. Addresses, user agents, referers, VPC endpoints, times of sign-in, multi-factor
 * authentication and organizations are those of whoever asks, at the hour at which he asks; what this program would send says nothing of them.
 */
export function notKnown(known: KnownOfRequest, now: Date): NotKnown {
  const given = new Set(known.given.map(name => name.toLowerCase()).filter(name => name !== 'aws:currenttime'))
  const isKnown = (key: string): boolean => {
    if (given.has(key)) return true
    if (aboutCaller.test(key)) return known.own && (key !== 'aws:userid' || known.id)
    if (key.startsWith('aws:principaltag/')) return known.own && known.principalTags
    if (/^(?:aws|ecr):resourcetag\//.test(key)) return known.resourceTags
    return isDerivedKey(key) || (known.call && ofCall.test(key))
  }
  const [before, after] = [-aboutNow, aboutNow].map(distance => new Date(now.getTime() + distance))
  const [low, high] = [before ?? now, after ?? now]
  const epoch = (date: Date): number => Math.floor(date.getTime() / 1000)
  return {
    has: key => !isKnown(key),
    between: {
      'aws:currenttime': [low.toISOString(), high.toISOString()],
      'aws:epochtime': [epoch(low), epoch(high)],
    },
  }
}
