import { expect, test } from 'vitest'
import { redactText } from '../../../../runner/engine/redact.ts'
import { secretsNamed, secretsPrinted } from '../../../../runner/pages/shim/secret-words.ts'

const key = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const token = `FwoGZXIvYXdzE${'Aa0/+'.repeat(40)}==`
const id = 'ASIAIOSFODNN7EXAMPLE'
const arn = 'arn:aws:sts::111122223333:assumed-role/a-role-with-a-long-name/a-session-with-a-long-name'

test.each([
  [
    'JSON',
    JSON.stringify(
      {
        Credentials: {
          AccessKeyId: id,
          SecretAccessKey: key,
          SessionToken: token,
          Expiration: '2026-11-22T12:00:00+00:00',
        },
        AssumedRoleUser: { AssumedRoleId: 'AROA1234567890ABCDEF:session', Arn: arn },
      },
      null,
      4,
    ),
  ],
  ['text', `CREDENTIALS\t${id}\t2026-11-22T12:00:00+00:00\t${key}\t${token}\nASSUMEDROLEUSER\t${arn}`],
  ['a query', `${id}\t${key}\t${token}\n`],
])('the secrets of credentials as %s', (_, text) => {
  expect(secretsPrinted(text).sort()).toEqual([token, key].sort())
})

test.each([
  ['text', (words: string) => `${words}\n`],
  ['JSON', (words: string) => JSON.stringify({ authorizationData: [{ authorizationToken: words }] }, null, 4)],
])('the password in the authorization token of ECR, as %s', (_, print) => {
  const password = `eyJwYXlsb2FkIjoi${'Bb1/+'.repeat(40)}`
  const encoded = Buffer.from(`AWS:${password}`).toString('base64')
  const secrets = secretsPrinted(print(encoded))
  expect(secrets).toEqual([`AWS:${password}`, password, encoded])
  const printed = `${password} ${encoded} AWS:${password}`
  expect(redactText(printed, new Set(secrets))).toBe('[secret] [secret] [secret]')
})

test.each([
  [`aws_secret_access_key = ${key}`, [key]],
  [`export AWS_SESSION_TOKEN="${token}"`, [token]],
  [`"SecretAccessKey": "${key}",`, [key]],
  ['the password is none', []],
  ['aws_access_key_id = AKIAIOSFODNN7EXAMPLE', []],
])('%s', (text, secrets) => {
  expect(secretsNamed(text)).toEqual(secrets)
})
