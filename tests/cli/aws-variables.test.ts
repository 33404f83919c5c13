import { expect, test } from 'vitest'
import { hideAwsConfiguration, restoreAwsConfiguration, withoutAws } from '../../cli/aws-variables.ts'

const persons = {
  AWS_PROFILE: 'production',
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_ENDPOINT_URL_ECR: 'http://127.0.0.1:9',
  AWS_CONFIG_FILE: '/home/me/.aws/config',
  AWS_CA_BUNDLE: '/ca.pem',
  HOME: '/home/me',
}

test('the sandbox target leaves nothing of the person’s AWS configuration', () => {
  const env: Record<string, string | undefined> = { ...persons }
  hideAwsConfiguration(env)
  const left = Object.entries(env).filter(([, value]) => Object.values(persons).includes(value ?? ''))
  expect(left).toEqual([['HOME', '/home/me']])
  expect(env.AWS_CONFIG_FILE).toBe(env.AWS_SHARED_CREDENTIALS_FILE)
  expect(env.AWS_EC2_METADATA_DISABLED).toBe('true')
})

test('programs inherit no AWS variable', () => {
  expect(withoutAws({ ...persons, aws_profile: 'x', PATH: undefined })).toEqual({ HOME: '/home/me' })
})

test('what was hidden can be put back', () => {
  const env: Record<string, string | undefined> = { ...persons }
  hideAwsConfiguration(env)
  restoreAwsConfiguration(env, persons)
  expect(env).toEqual(persons)
})
