import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TinyImage, tinyImage } from '../../../runner/aws/image.ts'
import { labsOf, openWorkshop, type Workshop } from '../engine/harness.ts'

const repositoryName = 'theirs'
/** What `push-image` builds where nothing else is asked for, and an image of somebody's. */
const ours = tinyImage(1, 1024)
const theirs = tinyImage(2, 512)

const step = (kind: string, tag: string, more = '') =>
  `steps:\n  - id: image\n    ${kind}: { repository-name: ${repositoryName}, image-tag: ${tag}${more} }\n`

let labs: { folder: string; remove: () => Promise<void> }
let workshop: Workshop
beforeEach(async () => {
  labs = await labsOf({
    'push-v1': step('push-image', 'v1'),
    'push-v2': step('push-image', 'v2'),
    'put-v1': step('put-image', 'v1', `, image-manifest: ${JSON.stringify(ours.manifest)}`),
  })
  workshop = await openWorkshop({ labs: labs.folder })
  await did('ecr:CreateRepository', { repositoryName })
  await did('ecr:PutImage', await uploaded(theirs, 'latest'))
  // The layers of ours are there, the image is not: what `put-image` needs.
  await did('ecr:PutImage', await uploaded(ours, 'gone'))
  await did('ecr:BatchDeleteImage', { repositoryName, imageIds: [{ imageTag: 'gone' }] })
})
afterEach(async () => {
  await workshop.close()
  await labs.remove()
})

async function did(operation: string, input: Record<string, unknown>): Promise<Record<string, unknown>> {
  const outcome = await workshop.call(operation, input)
  if (outcome.outcome !== 'allowed') throw new Error(`${operation}: ${outcome.code}: ${outcome.message}`)
  return outcome.output as Record<string, unknown>
}

/** The layers of an image sent, and what PutImage needs after it. */
async function uploaded({ config, layers, manifest }: TinyImage, imageTag: string) {
  for (const { digest, bytes } of [config, ...layers]) {
    const { uploadId } = await did('ecr:InitiateLayerUpload', { repositoryName })
    const part = { partFirstByte: 0, partLastByte: bytes.length - 1, layerPartBlob: bytes }
    await did('ecr:UploadLayerPart', { repositoryName, uploadId, ...part })
    await did('ecr:CompleteLayerUpload', { repositoryName, uploadId, layerDigests: [digest] })
  }
  return { repositoryName, imageManifest: manifest, imageTag }
}

/** Every image of the repository with its tags. */
async function images(): Promise<Record<string, string[]>> {
  const { imageDetails } = await did('ecr:DescribeImages', { repositoryName })
  const names: Readonly<Record<string, string>> = { [ours.digest]: 'ours', [theirs.digest]: 'theirs' }
  return Object.fromEntries(
    (imageDetails as { imageDigest: string; imageTags?: string[] }[])
      .map(({ imageDigest, imageTags }): [string, string[]] => [names[imageDigest] ?? imageDigest, imageTags ?? []])
      .sort(),
  )
}

const ran = async (lab: string, at = workshop) => expect((await at.run([lab])).exitCode).toBe(0)
const tornDown = async (at = workshop) => expect(await at.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
const put = ({ manifest }: TinyImage, imageTag?: string) =>
  did('ecr:PutImage', { repositoryName, imageManifest: manifest, ...(imageTag === undefined ? {} : { imageTag }) })

test.each([
  { first: 'the one who pushed first', left: 'v2' },
  { first: 'the other one', left: 'v1' },
])('one digest under the tags of two folders: $first takes only his own', async ({ left }) => {
  const other = await openWorkshop({ labs: labs.folder, beside: workshop })
  try {
    await ran('push-v1')
    await ran('push-v2', other)
    expect(await images()).toEqual({ ours: ['v1', 'v2'], theirs: ['latest'] })
    const [first, second] = left === 'v2' ? [workshop, other] : [other, workshop]
    await tornDown(first)
    expect(await images()).toEqual({ ours: [left], theirs: ['latest'] })
    await tornDown(second)
    expect(await images()).toEqual({ theirs: ['latest'] })
  } finally {
    await other.close()
  }
})

describe.each(['push-v1', 'put-v1'])('%s', lab => {
  test('a new image goes again', async () => {
    await ran(lab)
    expect(await images()).toEqual({ ours: ['v1'], theirs: ['latest'] })
    await tornDown()
    expect(await images()).toEqual({ theirs: ['latest'] })
  })

  test('the image that was under the tag is put back, and ours does not stay without one', async () => {
    await put(theirs, 'v1')
    await ran(lab)
    expect(await images()).toEqual({ ours: ['v1'], theirs: ['latest'] })
    await tornDown()
    expect(await images()).toEqual({ theirs: ['latest', 'v1'] })
  })

  test('an image of somebody’s whose only tag was that one gets it back', async () => {
    await put(theirs, 'v1')
    await did('ecr:BatchDeleteImage', { repositoryName, imageIds: [{ imageTag: 'latest' }] })
    await ran(lab)
    expect(await images()).toEqual({ ours: ['v1'], theirs: [] })
    await tornDown()
    expect(await images()).toEqual({ theirs: ['v1'] })
  })

  test('somebody’s tag for our image: it keeps the image, with and without a former one', async () => {
    await ran(lab)
    await put(ours, 'kept')
    await tornDown()
    expect(await images()).toEqual({ ours: ['kept'], theirs: ['latest'] })
    await put(theirs, 'v1')
    await ran(lab)
    await tornDown()
    expect(await images()).toEqual({ ours: ['kept'], theirs: ['latest', 'v1'] })
  })

  test('a tag that somebody moved since stays, and ours goes', async () => {
    await ran(lab)
    await put(theirs, 'v1')
    await tornDown()
    expect(await images()).toEqual({ theirs: ['latest', 'v1'] })
  })

  test('the same image under the same tag was there: it stays', async () => {
    await put(ours, 'v1')
    await workshop.run([lab])
    await tornDown()
    expect(await images()).toEqual({ ours: ['v1'], theirs: ['latest'] })
  })

  test('the same image was there without a tag: it is not deleted for the sake of its tag, and that is told', async () => {
    await put(ours)
    await ran(lab)
    expect(await workshop.teardown()).toMatchObject({ exitCode: 4, leftovers: [{ name: 'theirs:v1' }] })
    expect(await images()).toEqual({ ours: ['v1'], theirs: ['latest'] })
    await put(ours, 'mine')
    await tornDown()
    expect(await images()).toEqual({ ours: ['mine'], theirs: ['latest'] })
  })

  test('torn down twice, the second time after half of the first: the same', async () => {
    await put(theirs, 'v1')
    await ran(lab)
    // What a teardown that was killed leaves: the tag is back, ours has none.
    await put(theirs, 'v1')
    expect(await images()).toEqual({ ours: [], theirs: ['latest', 'v1'] })
    await tornDown()
    expect(await images()).toEqual({ theirs: ['latest', 'v1'] })
  })
})
