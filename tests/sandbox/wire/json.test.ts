import { describe, expect, test } from 'vitest'
import { AwsError } from '../../../sandbox/errors.ts'
import { jsonInput } from '../../../sandbox/wire/json-input.ts'
import { jsonFailure, jsonSuccess } from '../../../sandbox/wire/json-output.ts'
import { serviceModel } from '../../../sandbox/wire/service-model.ts'
import type { OperationModel } from '../../../sandbox/wire/shape.ts'

const operation = async (name: string): Promise<OperationModel> => {
  const model = (await serviceModel('ecr')).operation(name)
  if (model === undefined) throw new Error(`no ${name}`)
  return model
}

describe('input', () => {
  test.each<[string, string, Record<string, unknown>]>([
    [
      'ListImages',
      '{"repositoryName":"a","filter":{"tagStatus":"TAGGED"},"nonsense":1}',
      { repositoryName: 'a', filter: { tagStatus: 'TAGGED' } },
    ],
    ['ListImages', '{"repositoryName":null}', {}],
    ['ListImages', '', {}],
    [
      'UploadLayerPart',
      '{"layerPartBlob":"aGk=","partFirstByte":0}',
      { layerPartBlob: Buffer.from('hi'), partFirstByte: 0 },
    ],
    ['DeleteRepository', '{"force":true}', { force: true }],
    ['ListImages', '{"__proto__":{"repositoryName":"x"}}', {}],
  ])('%s %s', async (name, body, expected) => {
    expect(jsonInput((await operation(name)).input, Buffer.from(body))).toEqual(expected)
  })

  test.each([
    ['ListImages', '{', ''],
    ['ListImages', Buffer.from([0x22, 0xff, 0x22]), ''],
    ['ListImages', '[]', 'START_ARRAY can not be converted to a structure'],
    ['ListImages', '{"repositoryName":5}', 'NUMBER_VALUE can not be converted to a String'],
    ['ListImages', '{"maxResults":"5"}', 'STRING_VALUE can not be converted to a Number'],
    ['DeleteRepository', '{"force":"true"}', 'STRING_VALUE can not be converted to a Boolean'],
    ['DescribeRepositories', '{"repositoryNames":"a"}', 'STRING_VALUE can not be converted to a list'],
    ['DescribeRepositories', '{"repositoryNames":[{}]}', 'START_OBJECT can not be converted to a String'],
    ['UploadLayerPart', '{"layerPartBlob":"%"}', 'STRING_VALUE can not be converted to a Blob'],
  ])('%s %s is a SerializationException', async (name, body, message) => {
    const { input } = await operation(name)
    expect(() => jsonInput(input, Buffer.from(body))).toThrow(
      expect.objectContaining({ code: 'SerializationException', status: 400, message }),
    )
  })
})

test('output: dates are epoch seconds, what is undefined is left out', async () => {
  const repository = { createdAt: 1725634943258, repositoryName: 'a', registryId: undefined }
  expect(jsonSuccess(await operation('CreateRepository'), { repository }, 'id')).toEqual({
    status: 200,
    headers: { 'Content-Type': 'application/x-amz-json-1.1', 'x-amzn-RequestId': 'id' },
    body: '{"repository":{"createdAt":1725634943.258,"repositoryName":"a"}}',
  })
})

test('a member that the model does not have is our mistake', async () => {
  const model = await operation('ListImages')
  expect(() => jsonSuccess(model, { nonsense: 1 }, 'id')).toThrow('has no member nonsense')
})

test('errors carry the bare type name, and their further fields', () => {
  const error = new AwsError('InvalidLayerPartException', 400, 'gap', { lastValidByteReceived: 3 })
  expect(jsonFailure(error, 'id').body).toBe(
    '{"__type":"InvalidLayerPartException","message":"gap","lastValidByteReceived":3}',
  )
  expect(jsonFailure(new AwsError('X', 400, ''), 'id').body).toBe('{"__type":"X"}')
})
