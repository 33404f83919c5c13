/** Does a work when there is room for it. The more urgent of those that wait comes first, of equals the one that has waited longest. */
export type Slots = <T>(urgency: number, work: () => Promise<T>) => Promise<T>

interface Waiting {
  urgency: number
  begin: () => void
}

/** At most so many works at once. */
export function slots(most: number): Slots {
  const waiting: Waiting[] = []
  let busy = 0
  const next = (): void => {
    if (busy >= most) return
    const first = waiting.reduce((best, each, at) => (each.urgency > (waiting[best]?.urgency ?? 0) ? at : best), 0)
    const [one] = waiting.splice(first, 1)
    if (!one) return
    busy += 1
    one.begin()
  }
  return async (urgency, work) => {
    await new Promise<void>(begin => {
      waiting.push({ urgency, begin })
      next()
    })
    try {
      return await work()
    } finally {
      busy -= 1
      next()
    }
  }
}
