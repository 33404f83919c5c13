import { expect, test } from 'vitest'
import type { Target } from '../../../runner/aws/target.ts'
import { comparable } from '../../../runner/engine/earlier.ts'
import type { PastRun } from '../../../runner/engine/runs.ts'

const place = { account: '111122223333', region: 'us-west-2' }
const target = (name: string, endpoint: string | null) => ({ name, endpoint, place }) as unknown as Target
const run = (name: string, endpoint: string | null, more: object = {}) =>
  ({
    start: { target: name, endpoint, accountId: place.account, region: place.region, isolated: false, ...more },
  }) as unknown as PastRun

test.each<[string, PastRun, Target, number]>([
  ['the same place', run('aws', 'http://a'), target('aws', 'http://a'), 1],
  ['another endpoint of the same account number', run('aws', 'http://a'), target('aws', 'http://b'), 0],
  ['AWS itself, and an endpoint', run('aws', null), target('aws', 'http://a'), 0],
  ['the sandbox, at another port', run('sandbox', 'http://a'), target('sandbox', 'http://b'), 1],
  ['another region', run('aws', null, { region: 'eu-west-1' }), target('aws', null), 0],
  ['an isolated run', run('aws', null, { isolated: true }), target('aws', null), 0],
])('%s', (_, past, now, count) => expect(comparable([past], now)).toHaveLength(count))
