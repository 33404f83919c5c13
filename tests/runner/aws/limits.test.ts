import { expect, test } from 'vitest'
import type { Failed, Outcome } from '../../../assertions/index.ts'
import { limited, limits, unlimited, withinLimits } from '../../../runner/aws/limits.ts'
import { withRetries } from '../../../runner/aws/retry.ts'

const never = () => new Promise<never>(() => {})
const over = () => performance.now() - 1

test('a call that never ends does so with the time of the work that it is for', async () => {
  const call = limited({ until: performance.now() + 10 }, () => withinLimits(true, never))
  await expect(call).rejects.toMatchObject({ name: 'TimeoutError' })
})

test('no call is begun after it, but one that is given time all the same', async () => {
  let begun = 0
  const call = async () => {
    begun += 1
  }
  await expect(limited({ until: over() }, () => withinLimits(true, call))).rejects.toMatchObject({
    name: 'TimeoutError',
  })
  expect(begun).toBe(0)
  await limited({ until: over(), least: 60_000 }, () => withinLimits(true, call))
  expect(begun).toBe(1)
})

test('an interrupt ends a read at once, also where nothing listens to it; and no further call is begun', async () => {
  const interrupt = new AbortController()
  const calls = limited({ signal: interrupt.signal }, () => Promise.allSettled([withinLimits(true, never)]))
  interrupt.abort()
  expect(await calls).toMatchObject([{ status: 'rejected', reason: { name: 'Interrupted' } }])
  const later = limited({ signal: interrupt.signal }, () => withinLimits(false, () => expect.fail('it was begun')))
  await expect(later).rejects.toMatchObject({ name: 'Interrupted' })
})

test('a change under way at an interrupt may be answered', async () => {
  const interrupt = new AbortController()
  const call = limited({ signal: interrupt.signal }, () =>
    withinLimits(false, async signal => {
      interrupt.abort()
      await Promise.resolve()
      return signal.aborted
    }),
  )
  expect(await call).toBe(false)
})

test('what is not said holds as for the work around it; the cleaning up is bounded by none of it', () => {
  const { signal } = new AbortController()
  limited({ signal, least: 5 }, () => {
    limited({ until: 7 }, () => expect(limits()).toEqual({ signal, until: 7, least: 5 }))
    unlimited(() => expect(limits()).toEqual({}))
  })
})

const failed = (cause: Failed['cause'], code: string): Outcome => ({
  ...{ outcome: 'failed', cause, code, message: '', httpStatus: null, requestId: null },
})

test.each([
  ['throttled', failed('throttled', 'Throttling')],
  ['without an answer', failed('network', 'ECONNRESET')],
])('%s: nothing is sent again once the time is over', async (_, outcome) => {
  let sent = 0
  const answer = await limited({ until: over() }, () =>
    withRetries('iam:GetRole', async () => {
      sent += 1
      return outcome
    }),
  )
  expect({ sent, answer }).toEqual({ sent: 1, answer: outcome })
})

test('interrupted: it is not sent again', async () => {
  const interrupt = new AbortController()
  let sent = 0
  await limited({ signal: interrupt.signal }, () =>
    withRetries('iam:GetRole', async () => {
      sent += 1
      interrupt.abort()
      return failed('throttled', 'Throttling')
    }),
  )
  expect(sent).toBe(1)
})
