import type { Assumption, NotKnown } from './assumption.ts'
import type { Condition } from './conditions/condition.ts'
import type { RequestContext } from './context.ts'
import type { ContextValue } from './decision.ts'
import { type Coverage, coverage } from './principal-entries.ts'
import { actionMatches, principalCoverage, type Statement, type Subject } from './statement.ts'

/** null: it turns on a key that is not known. */
type Truth = boolean | null

/** The context, with a note of every unknown key that was asked for, by policy variables too. */
function watched(context: RequestContext, notKnown: NotKnown): { context: RequestContext; asked: Set<string> } {
  const asked = new Set<string>()
  const note = (key: string, lowerKey: string) => {
    if (notKnown.has(lowerKey)) asked.add(key)
  }
  return {
    asked,
    context: {
      get(key, lowerKey) {
        note(key, lowerKey)
        return context.get(key, lowerKey)
      },
      single(key) {
        note(key, key)
        return context.single(key)
      },
    },
  }
}

/** A test that asked for no unknown key has one answer, whatever those keys are. */
function truthOf(test: (context: RequestContext) => boolean, subject: Subject, to: NotedKeys): Truth {
  const { context, asked } = watched(subject.context, to.notKnown)
  const held = test(context)
  if (asked.size === 0) return held
  for (const key of asked) to.keys.add(key)
  return null
}

interface NotedKeys {
  readonly notKnown: NotKnown
  readonly keys: Set<string>
}

function aboutResource({ resources, notResource }: Statement, subject: Subject, to: NotedKeys): Truth {
  if (resources === null) return true
  const each = resources.map(pattern => truthOf(context => pattern.matches(subject.resource, context), subject, to))
  const some = each.includes(true) || (each.includes(null) ? null : false)
  return some === null ? null : some !== notResource
}

const asksForOrder = /(?:Less|Greater)Than/

/** A condition that asks for more or less has one answer where both ends of what the key may be give the same. */
function holdsBetween(condition: Condition, subject: Subject, to: NotedKeys): Truth {
  const lowerKey = condition.key.toLowerCase()
  const ends = asksForOrder.test(condition.operator) ? to.notKnown.between[lowerKey] : undefined
  const at = (value: ContextValue): RequestContext => ({
    get: (key, lower) => (lower === lowerKey ? value : subject.context.get(key, lower)),
    single: key => subject.context.single(key),
  })
  const [low, high] = (ends ?? []).map(value => condition.holds(at(value)))
  return low !== undefined && low === high ? low : truthOf(context => condition.holds(context), subject, to)
}

/** The coverage of a statement that matches, or `none`; one that turns on keys that are not known matches or not as the assumption leans. */
export function matchAssuming(statement: Statement, subject: Subject, assumption: Assumption): Coverage {
  const { notKnown, lean, turnedOn } = assumption
  if (!actionMatches(statement, subject)) return coverage.none
  const covered = principalCoverage(statement, subject)
  if (covered === coverage.none) return coverage.none
  const to: NotedKeys = { notKnown, keys: new Set() }
  const parts = [
    aboutResource(statement, subject, to),
    ...statement.conditions.map(condition => holdsBetween(condition, subject, to)),
  ]
  if (parts.includes(false)) return coverage.none
  if (!parts.includes(null)) return covered
  turnedOn.set(statement, to.keys)
  return (statement.effect === 'Deny') === (lean === 'deny') ? covered : coverage.none
}
