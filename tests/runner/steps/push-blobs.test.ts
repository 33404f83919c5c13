import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Outcome } from '../../../assertions/index.ts'
import { exchange, type HttpRequest } from '../../../runner/aws/http.ts'
import { tinyImage } from '../../../runner/aws/image.ts'
import { pushBlobs } from '../../../runner/steps/push-blobs.ts'
import { pushImage } from '../../../runner/steps/push-image.ts'
import type { Aws, StepContext } from '../../../runner/steps/step-kind.ts'
import { lab, temporaryFolder } from '../../cli/world-for-tests.ts'
import { openWorkshop, type Workshop } from '../engine/harness.ts'

const image = tinyImage(8, 64)
const order = [image.config, ...image.layers].map(({ digest }) => digest)
const refusal = (message: string): Outcome => ({
  ...{ outcome: 'failed', cause: 'request', code: 'X', message, httpStatus: 400, requestId: null },
})

test('five at once, the first five first', async () => {
  const begun: string[] = []
  let under = 0
  let most = 0
  const refused = await pushBlobs(image, async ({ digest }) => {
    begun.push(digest)
    under += 1
    most = Math.max(most, under)
    await setTimeout(1)
    under -= 1
    return null
  })
  expect([refused, most, begun]).toEqual([null, 5, order])
})

test('of two refusals the one of the earlier blob is told, whichever came first; no further blob is begun, and none is under way', async () => {
  const begun: string[] = []
  const ended: string[] = []
  const refused = await pushBlobs(image, async ({ digest }) => {
    begun.push(digest)
    const at = order.indexOf(digest)
    await setTimeout(at === 3 ? 1 : 20)
    ended.push(digest)
    return at === 1 || at === 3 ? refusal(`${at}`) : null
  })
  expect(refused).toMatchObject({ message: '1' })
  expect(begun).toEqual(order.slice(0, 5))
  expect(ended.sort()).toEqual([...begun].sort())
})

test('what is thrown waits for the others as well', async () => {
  const ended: string[] = []
  const pushing = pushBlobs(image, async ({ digest }) => {
    if (digest === order[0]) throw new Error('broken')
    await setTimeout(5)
    ended.push(digest)
    return null
  })
  await expect(pushing).rejects.toThrow('broken')
  expect(ended).toEqual(order.slice(1, 5))
})

let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
  await workshop.call('ecr:CreateRepository', { repositoryName: 'app' })
})
afterAll(() => workshop.close())

/** How many calls or requests, at most, were under way at once in a push, and those that were sent. */
async function pushed(through: 'api' | 'registry') {
  const { caller, place, endpoint } = workshop.target
  const sent: string[] = []
  let under = 0
  let most = 0
  const counting = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    sent.push(what)
    under += 1
    most = Math.max(most, under)
    try {
      return await work()
    } finally {
      under -= 1
    }
  }
  const aws: Aws = {
    ...caller,
    call: (operation, input) => counting(operation, () => caller.call(operation, input)),
    exchange: (request: HttpRequest) => counting(`http:${request.method}`, () => exchange(request)),
  }
  const context = { aws, admin: caller, place, endpoint, runId: 'x1f3', signal: new AbortController().signal }
  const step = pushImage.prepare({
    'repository-name': 'app',
    'image-tag': through,
    layers: 3,
    size: through === 'api' ? '98B' : '99B',
    through,
  })
  const { outcome } = await step.run(context as unknown as StepContext)
  expect(outcome).toMatchObject({ outcome: 'allowed' })
  return { sent, most }
}

test('a dry run tells the calls of a push in one order, whoever asks', async () => {
  const rehearsal = async () => {
    const { exitCode, stdout } = await lab(['run', 'ecr-repositories', '--dry-run', '--json'], {
      cwd: temporaryFolder({ labs: true }),
    })
    expect(exitCode).toBe(0)
    return (JSON.parse(stdout).calls as { operation: string }[]).map(({ operation }) => operation)
  }
  const one = await rehearsal()
  expect(one).toEqual(await rehearsal())
  expect(one.filter(operation => operation === 'ecr:UploadLayerPart')).toHaveLength(4)
  expect(one.lastIndexOf('ecr:PutImage')).toBeGreaterThan(one.lastIndexOf('ecr:CompleteLayerUpload'))
})

describe('the layers of a push go together, and the image after them', () => {
  test('by the API', async () => {
    const { sent, most } = await pushed('api')
    expect(most).toBe(4)
    expect(sent.at(-1)).toBe('ecr:PutImage')
    const each = ['BatchCheckLayerAvailability', 'CompleteLayerUpload', 'InitiateLayerUpload', 'UploadLayerPart']
    expect(sent.slice(0, -1).sort()).toEqual(each.flatMap(name => Array.from({ length: 4 }, () => `ecr:${name}`)))
  })

  test('over the registry', async () => {
    const { sent, most } = await pushed('registry')
    expect([sent[0], sent.at(-1), most]).toEqual(['ecr:GetAuthorizationToken', 'http:PUT', 4])
    expect(sent.slice(1, -1).sort()).toEqual(
      ['HEAD', 'PATCH', 'POST', 'PUT'].flatMap(method => Array.from({ length: 4 }, () => `http:${method}`)),
    )
  })
})
