import type { Denial } from '../outcome.ts'
import { readAction } from './action.ts'
import { type Anchor, reasonAt, resourceAt } from './anchors.ts'
import { readPrincipal } from './principal.ts'
import { readReason } from './reason.ts'
import { readResource } from './resource.ts'
import type { Region } from './span.ts'

/** AWS's sentence as read; `start` and `end` are places in the squeezed text. */
export interface Sentence extends Omit<Denial, 'code' | 'operation'> {
  start: number
  end: number
}

const principalOf = (region: Region, from: number, anchor: Anchor) =>
  anchor.kind === 'headless' || anchor.kind === 'access'
    ? { principal: null, start: anchor.at }
    : readPrincipal(region, from, anchor.at)

/** Reads the sentence around `anchor`, not before `from`. Null when the words stand alone and name nothing. */
export const readSentence = (region: Region, from: number, anchor: Anchor): Sentence | null => {
  const { principal, start } = principalOf(region, from, anchor)
  const hasAction = anchor.kind === 'full' || anchor.kind === 'headless'
  const { action, end: actionEnd } = hasAction ? readAction(region, anchor.end) : { action: null, end: anchor.end }
  const resourceStart = hasAction ? resourceAt(region, actionEnd) : null
  const found = resourceStart === null ? { resource: null, end: actionEnd } : readResource(region, resourceStart)
  const reason = readReason(region, reasonAt(region, found.end))
  const named = action ?? principal ?? found.resource ?? reason.decision
  if (anchor.kind !== 'full' && anchor.kind !== 'access' && named === null) return null
  if (anchor.kind === 'headless' && action === null) return null
  return {
    principal,
    action: action ?? reason.action,
    resource: found.resource,
    decision: reason.decision,
    policyType: reason.policyType,
    policyArn: reason.policyArn,
    start,
    end: Math.max(reason.decision === null ? found.end : reason.end, anchor.end),
  }
}
