import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ecr } from '../../sandbox/ecr/index.ts'
import { iam } from '../../sandbox/iam/index.ts'
import type { ByName, Senders } from './errors/senders.ts'
import { type World, worldOn } from './errors/world.ts'
import { onAws } from './on-aws.ts'
import { ecrStory } from './operations/ecr-story.ts'
import { iamStory } from './operations/iam-story.ts'
import type { Place } from './operations/scene.ts'
import { conformanceTarget } from './target.ts'

let world: World
/** May do nothing. */
let nobody: { Arn: string } & Senders
const prefix = `conf-${Date.now().toString(36)}`
const place: Place = { accountId: '111122223333', region: 'us-west-2', prefix }
beforeAll(async () => {
  const target = await conformanceTarget()
  Object.assign(place, { accountId: target.accountId, region: target.region })
  world = worldOn(target, { later: 0 })
  const { Arn, credentials } = await world.user()
  nobody = { Arn, ...world.as(credentials) }
}, 120_000)
afterAll(() => world.close(), 600_000)

const services = [
  { service: 'iam', story: iamStory, served: iam, never: [], code: 'AccessDenied', status: 403 },
  {
    service: 'ecr',
    story: ecrStory,
    served: ecr,
    never: ['DescribeImageScanFindings'],
    code: 'AccessDeniedException',
    status: 400,
  },
] as const

describe.each(services)(
  '$service: by the real SDK, denied and then served',
  ({ service, story, served, never, code, status }) => {
    const answers: ByName = {}
    // The names of tests are known before the target is: a story is told again when its turn comes.
    const tell = () => story(place)

    test('the story has every operation', () => {
      expect([...tell().map(({ operation }) => operation), ...never].sort()).toEqual(Object.keys(served).sort())
    })

    test.for(tell().map(({ operation, notOnAws }, index) => ({ operation, notOnAws, index })))(
      '$operation',
      { timeout: 120_000 },
      async ({ operation, notOnAws, index }, { skip }) => {
        skip(onAws && notOnAws !== undefined, `not on AWS: ${notOnAws}`)
        const told = tell()[index]
        const given = typeof told?.input === 'function' ? told.input(answers) : (told?.input ?? {})
        const refused = await nobody[service](operation, given).then(
          () => null,
          error => error,
        )
        expect(refused, 'a caller without permissions was served').not.toBeNull()
        expect([refused.Code ?? refused.name, refused.$metadata?.httpStatusCode]).toEqual([code, status])
        // AWS promises codes, not sentences.
        if (!onAws) expect(refused.message).toMatch(sentence(nobody.Arn, `${service}:${operation}`))
        const found = await world.settled(() => world[service](operation, given))
        if (told?.as !== undefined) answers[told.as] = found
        if (told?.answer !== undefined) expect(found).toMatchObject(told.answer)
        if (operation === 'GetDownloadUrlForLayer') expect((await fetch(found.downloadUrl)).status).toBe(200)
      },
    )
  },
)

const sentence = (principal: string, action: string): RegExp =>
  new RegExp(
    `^User: ${principal} is not authorized to perform:? ${action} .*because no identity-based policy allows the ${action} action$`,
  )
