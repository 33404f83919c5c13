import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { masterKey } from '../../../sandbox/state/master-key.ts'
import { secretsFrom } from '../../../sandbox/state/secrets.ts'

const secrets = secretsFrom(Buffer.alloc(32, 7))
const others = secretsFrom(Buffer.alloc(32, 8))
const key = 'AKIAIOSFODNN7EXAMPLE'

test('secrets have the forms of AWS and follow from the master key and the key id', () => {
  expect(secrets.secretAccessKey(key)).toMatch(/^[A-Za-z0-9+/]{40}$/)
  expect(secrets.secretAccessKey(key)).toBe(secrets.secretAccessKey(key))
  expect(secrets.secretAccessKey(key)).not.toBe(secrets.secretAccessKey(`${key}2`))
  expect(secrets.secretAccessKey(key)).not.toBe(others.secretAccessKey(key))
  expect(secrets.sessionToken(key)).toMatch(/^IQoJ[A-Za-z0-9+/=]{200,}$/)
})

test.each([
  ['AROA', 17],
  ['AIDA', 17],
  ['AKIA', 16],
  ['ASIA', 16],
])('a new %s id has %i more characters', (prefix, length) => {
  const id = secrets.newId(prefix)
  expect(id.slice(0, 4)).toBe(prefix)
  expect(id.slice(4)).toMatch(new RegExp(`^[A-Z2-7]{${length}}$`))
  expect(secrets.newId(prefix)).not.toBe(id)
})

test('a registry password is read back, and only one of ours', () => {
  const password = secrets.registryPassword(key, 1_700_000_000_000)
  expect(secrets.readRegistryPassword(password)).toEqual({ accessKeyId: key, expiresAt: 1_700_000_000_000 })
  expect(others.readRegistryPassword(password)).toBeNull()
  const longer = Buffer.from(Buffer.from(password, 'base64').toString().replace('1700', '1800')).toString('base64')
  expect(secrets.readRegistryPassword(longer)).toBeNull()
  expect(secrets.readRegistryPassword('')).toBeNull()
})

test('the master key is made once, for its owner only; a damaged one is refused', () => {
  const directory = mkdtempSync(join(tmpdir(), 'accesslab-key-'))
  const path = join(directory, 'master.key')
  const made = masterKey(directory)
  expect(made).toHaveLength(32)
  expect(masterKey(directory)).toEqual(made)
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  writeFileSync(path, 'short')
  expect(() => masterKey(directory)).toThrow(/is damaged/)
  rmSync(directory, { recursive: true, force: true })
})
