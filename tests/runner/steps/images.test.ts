import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Outcome } from '../../../assertions/index.ts'
import { sha256 } from '../../../runner/aws/image.ts'
import { getAuthorizationToken } from '../../../runner/steps/get-authorization-token.ts'
import { pullImage } from '../../../runner/steps/pull-image.ts'
import { pushImage } from '../../../runner/steps/push-image.ts'
import { putImage } from '../../../runner/steps/put-image.ts'
import type { Aws, PreparedStep, StepContext } from '../../../runner/steps/step-kind.ts'
import { openWorkshop, type Workshop } from '../engine/harness.ts'

let workshop: Workshop
let context: StepContext
const repository = 'team-a/app'

/** What these kinds use of a context. */
const contextOf = ({ target }: Workshop, aws: Aws): StepContext =>
  ({
    ...{ aws, admin: target.caller, place: target.place, endpoint: target.endpoint },
    ...{ runId: 'x1f3', signal: new AbortController().signal },
  }) as unknown as StepContext

beforeAll(async () => {
  workshop = await openWorkshop()
  context = contextOf(workshop, workshop.target.caller)
  await workshop.call('ecr:CreateRepository', { repositoryName: repository })
})
afterAll(() => workshop.close())

const outputOf = (outcome: Outcome): Record<string, unknown> => {
  if (outcome.outcome !== 'allowed') throw new Error(outcome.message)
  return outcome.output as Record<string, unknown>
}
const manifestOf = (outcome: Outcome): string =>
  (outputOf(outcome).images as { imageManifest: string }[])[0]?.imageManifest ?? ''

const roads = ['api', 'registry'] as const

describe.each(roads)('pushed through %s', push => {
  test.each(roads)('pulled through %s: the same image, every digest checked', async pull => {
    const tag = `by-${push}-${pull}`
    const pushed = pushImage.prepare({ 'repository-name': repository, 'image-tag': tag, layers: 2, through: push })
    outputOf((await pushed.run(context)).outcome)
    const pulled = pullImage.prepare({ 'repository-name': repository, 'image-tag': tag, through: pull })
    const { outcome, detail } = await pulled.run(context)
    expect(outputOf(outcome)).toMatchObject({ images: [{ imageId: { imageTag: tag } }] })
    expect(detail).toMatch(/^\d{4,} bytes$/)
    expect(await pushed.verify?.(context)).toMatchObject({ state: 'present' })
    const digest = sha256(manifestOf(outcome))
    const byDigest = pullImage.prepare({ 'repository-name': repository, 'image-digest': digest, through: pull })
    expect(sha256(manifestOf((await byDigest.run(context)).outcome))).toBe(digest)
  })
})

test.each(roads)('an image that is not there, through %s', async through => {
  const { outcome } = await pullImage
    .prepare({ 'repository-name': repository, 'image-tag': 'none', through })
    .run(context)
  expect(outcome).toMatchObject({ outcome: 'failed', cause: 'request', message: /Requested image not found/ })
})

test.each(roads)('a repository that is not there, through %s', async through => {
  const { outcome } = await pushImage.prepare({ 'repository-name': 'none', 'image-tag': 'v1', through }).run(context)
  expect(outcome).toMatchObject({ outcome: 'failed', message: /The repository with name 'none' does not exist/ })
})

test.each(roads)('a layer whose bytes are not those of its digest is no pull, through %s', async through => {
  await pushImage.prepare({ 'repository-name': repository, 'image-tag': 'v1' }).run(context)
  const server = createServer((_, response) => response.end('other bytes')).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const wrong = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { caller } = workshop.target
  const meddled: Aws = {
    ...caller,
    call: async (operation, input) =>
      operation === 'ecr:GetDownloadUrlForLayer'
        ? { outcome: 'allowed', output: { downloadUrl: wrong }, httpStatus: 200, requestId: null }
        : caller.call(operation, input),
  }
  try {
    const pull = pullImage.prepare({
      ...{ 'repository-name': repository, through },
      ...(through === 'api' ? { 'image-tag': 'v1' } : { 'image-digest': sha256('another manifest') }),
    })
    const altered =
      through === 'api' ? contextOf(workshop, meddled) : { ...contextOf(workshop, caller), endpoint: wrong }
    expect((await pull.run(altered)).outcome).toMatchObject({ outcome: 'failed', code: 'DigestMismatch' })
  } finally {
    server.close()
  }
})

test('nobody answers: a failure of the network, never a denial', async () => {
  const pull = pullImage.prepare({ 'repository-name': repository, 'image-tag': 'v1', through: 'registry' })
  const { outcome } = await pull.run({ ...context, endpoint: 'http://127.0.0.1:9' })
  expect(outcome).toMatchObject({ outcome: 'failed', cause: 'network' })
})

describe('put-image', () => {
  const prepared = async (tag: string): Promise<PreparedStep> => {
    await pushImage.prepare({ 'repository-name': repository, 'image-tag': 'v1' }).run(context)
    const read = await workshop.call('ecr:BatchGetImage', {
      ...{ repositoryName: repository, imageIds: [{ imageTag: 'v1' }] },
    })
    return putImage.prepare({ 'repository-name': repository, 'image-tag': tag, 'image-manifest': manifestOf(read) })
  }
  const record = async (step: PreparedStep) => ({
    ...{ runId: 'x1f3', remember: null, before: (await step.before?.(context)) ?? null },
    resource: { type: 'image', name: repository, arn: null, part: true },
  })

  test('a second tag for an image, and off again', async () => {
    const step = await prepared('stable')
    const before = await record(step)
    expect(await step.verify?.(context)).toMatchObject({ state: 'differs' })
    outputOf((await step.run(context)).outcome)
    expect(await step.verify?.(context)).toMatchObject({ state: 'present' })
    expect(await step.undo?.(context, before)).toEqual({ result: 'gone' })
    expect(await step.verify?.(context)).toMatchObject({ state: 'differs' })
  })

  test('a tag that was moved goes back to where it was, and what somebody put there since stays', async () => {
    const step = await prepared('moved')
    await pushImage.prepare({ 'repository-name': repository, 'image-tag': 'moved', layers: 3 }).run(context)
    const before = await record(step)
    outputOf((await step.run(context)).outcome)
    expect(await step.undo?.(context, before)).toMatchObject({ result: 'gone' })
    expect(await step.verify?.(context)).toMatchObject({ state: 'differs' })
    outputOf((await step.run(context)).outcome)
    await pushImage.prepare({ 'repository-name': repository, 'image-tag': 'moved', layers: 4 }).run(context)
    expect(await step.undo?.(context, before)).toMatchObject({ result: 'foreign' })
  })
})

test('get-authorization-token tells where the registry is, and no token in its words', async () => {
  const { outcome, detail } = await getAuthorizationToken.prepare({}).run(context)
  expect(outputOf(outcome)).toHaveProperty('authorizationData')
  expect(detail).toMatch(/^https?:\/\/\S+$/)
})

test.each([
  [{ 'repository-name': 'x' }, /image-tag/],
  [{ 'repository-name': 'x', 'image-tag': 'v1', through: 'docker' }, /through|api/],
])('pull-image of %j is refused', (fields, message) => {
  expect(() => pullImage.prepare(fields)).toThrow(message)
})
