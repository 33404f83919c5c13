import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  findAws,
  installAwsShim,
  readsEndpointVariable,
  rememberVersion,
} from '../../../cli/sandbox-server/aws-shim.ts'
import { temporaryFolder } from '../world-for-tests.ts'

test.each([
  ['aws-cli/2.9.19 Python/3.11.2 Linux/6.1', false],
  ['aws-cli/2.12.7', false],
  ['aws-cli/2.13.0', true],
  ['aws-cli/2.31.4', true],
  ['aws-cli/1.28.9', false],
  ['aws-cli/1.29.0', true],
  ['aws-cli/1.45.11', true],
  ['something else', false],
])('%s reads AWS_ENDPOINT_URL: %s', (text, reads) => {
  expect(readsEndpointVariable(text)).toBe(reads)
})

/** An `aws` that prints its arguments. */
function program(): { folder: string; sandbox: string; path: string } {
  const base = temporaryFolder()
  const folder = join(base, "it's bin")
  mkdirSync(folder)
  const path = join(folder, 'aws')
  writeFileSync(path, '#!/bin/sh\necho "$@"\n')
  chmodSync(path, 0o755)
  return { folder, sandbox: join(base, 'sandbox'), path }
}

const run = (shim: string | null, env: NodeJS.ProcessEnv) =>
  execFileSync(join(shim ?? '', 'aws'), ['ecr', 'list-images'], { env, encoding: 'utf8' }).trim()

test('an unknown or old program gets the endpoint as a flag, where there is one', () => {
  const { folder, sandbox } = program()
  const shim = installAwsShim(sandbox, folder)
  expect(run(shim, { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' })).toBe(
    '--endpoint-url http://127.0.0.1:1 ecr list-images',
  )
  expect(run(shim, {})).toBe('ecr list-images')
})

test('a program known to read the variable is left alone, until it is another', () => {
  const { folder, sandbox, path } = program()
  const { mtimeMs } = statSync(path)
  rememberVersion(sandbox, { path, mtimeMs }, 'aws-cli/2.31.4')
  expect(installAwsShim(sandbox, folder)).toBeNull()
  rememberVersion(sandbox, { path, mtimeMs: mtimeMs - 1 }, 'aws-cli/2.31.4')
  expect(installAwsShim(sandbox, folder)).not.toBeNull()
})

test('no program, no shim; and the shim does not find itself', () => {
  const { folder, sandbox, path } = program()
  expect(installAwsShim(sandbox, '')).toBeNull()
  const shim = installAwsShim(sandbox, folder) ?? ''
  expect(findAws(`${shim}:${folder}`, shim)?.path).toBe(path)
})
