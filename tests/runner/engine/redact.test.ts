import { expect, test } from 'vitest'
import { redact, redactText } from '../../../runner/engine/redact.ts'

const known = new Set(['s3cr3t/key+with.signs', 'short'])

test.each([
  ['a text', 'x s3cr3t/key+with.signs y s3cr3t/key+with.signs', 'x [secret] y [secret]'],
  ['too short to be looked for', 'a short text', 'a short text'],
  ['no secret', 'plain', 'plain'],
])('text: %s', (_, text, clean) => expect(redactText(text, known)).toBe(clean))

test.each([
  [
    'members of AWS’s answers',
    { Credentials: { AccessKeyId: 'ASIA', SecretAccessKey: 'a', SessionToken: 'b' } },
    { Credentials: { AccessKeyId: 'ASIA', SecretAccessKey: '[secret]', SessionToken: '[secret]' } },
  ],
  [
    'ECR’s token',
    { authorizationData: [{ authorizationToken: 'QVdTOg==', proxyEndpoint: 'https://x' }] },
    { authorizationData: [{ authorizationToken: '[secret]', proxyEndpoint: 'https://x' }] },
  ],
  ['deep in lists', [[{ a: 's3cr3t/key+with.signs' }]], [[{ a: '[secret]' }]]],
  ['as a key', { 's3cr3t/key+with.signs': 1 }, { '[secret]': 1 }],
  ['bytes', { blob: new Uint8Array(3) }, { blob: '[3 bytes]' }],
  ['dates', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['what is no text', [1, true, null, undefined], [1, true, null, undefined]],
  [
    'an absent secret is told as absent',
    { SecretAccessKey: undefined, SessionToken: '' },
    { SecretAccessKey: undefined, SessionToken: '' },
  ],
])('value: %s', (_, value, clean) => expect(redact(value, known)).toEqual(clean))
