import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTarget, type Target } from '../../../runner/aws/target.ts'

/** What is slow is alive; what is silent is not. */
const silence = 1_000
const pieces = 25
const pause = (2 * silence) / pieces
const json = { 'content-type': 'application/x-amz-json-1.1' }

const who = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/admin</Arn><UserId>A</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`

const answers: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<unknown>>> = {
  /** Takes the request piece by piece, and the end of it at once. */
  UploadLayerPart: async (request, response) => {
    let taken = 0
    for await (const chunk of request) {
      const before = taken
      taken += (chunk as Buffer).length
      const isNext = Math.floor(taken / 2 ** 20) > Math.floor(before / 2 ** 20)
      if (isNext && taken < pieces * 2 ** 20) await setTimeout(pause)
    }
    response.writeHead(200, json).end('{"uploadId":"slow"}')
  },
  /** Gives its answer piece by piece. */
  DescribeRepositories: async (request, response) => {
    request.resume()
    response.writeHead(200, json).write('{"repositories":[]')
    for (let piece = 0; piece < pieces; piece += 1) {
      await setTimeout(pause)
      response.write(' ')
    }
    response.end('}')
  },
  /** Begins an answer, and falls silent. */
  BatchDeleteImage: async (request, response) => {
    request.resume()
    response.writeHead(200, json).write('{"imageIds":')
  },
  PutImage: async request => request.resume(),
}

let server: Server
let target: Target
beforeAll(async () => {
  server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? ''
    const answer = answers[operation]
    if (answer) return void answer(request, response)
    request.resume()
    response.writeHead(200, { 'content-type': 'text/xml' }).end(who)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  target = await openTarget({
    ...{ name: 'aws', region: 'us-west-2', identities: {}, environment: {}, silence },
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caller: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
  })
})
afterAll(() => {
  target.close()
  server.closeAllConnections()
  server.close()
})

test('an upload that takes longer than anybody may be silent is waited for', async () => {
  const layerPartBlob = new Uint8Array(24 * 2 ** 20)
  const part = { repositoryName: 'r', uploadId: 'u', partFirstByte: 0, partLastByte: layerPartBlob.length - 1 }
  expect(await target.caller.call('ecr:UploadLayerPart', { ...part, layerPartBlob })).toMatchObject({
    output: { uploadId: 'slow' },
  })
})

test('so is an answer that comes in pieces', async () => {
  expect(await target.caller.call('ecr:DescribeRepositories', {})).toMatchObject({ outcome: 'allowed' })
})

const ends = { outcome: 'failed', cause: 'network', code: 'TimeoutError' }

test.each<[string, string, Record<string, unknown>]>([
  ['is not answered', 'ecr:PutImage', { imageManifest: '{}' }],
  ['is answered by half', 'ecr:BatchDeleteImage', { imageIds: [] }],
])('a change that %s ends, and is not sent again by itself', async (_, operation, input) => {
  expect(await target.caller.call(operation, { repositoryName: 'r', ...input })).toMatchObject(ends)
})
