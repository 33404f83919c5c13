import { createHash } from 'node:crypto'
import { createFirstAccounts } from '../../sandbox/accounts.ts'
import { ecr } from '../../sandbox/ecr/index.ts'
import { AwsError } from '../../sandbox/errors.ts'
import { iam } from '../../sandbox/iam/index.ts'
import type { AnyOperation, Blobs, Call, Caller, Need, Operation, Secrets } from '../../sandbox/operation.ts'
import type { Store } from '../../sandbox/state/store.ts'
import { fitsModel } from './fits-model.ts'
import { memoryStore } from './memory-store.ts'

export const accountId = '111122223333'
export const partnerId = '444455556666'
export const region = 'us-west-2'

const fakeSecrets = (): Secrets => {
  let ids = 0
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  return {
    secretAccessKey: id => `secret-of-${id}`.padEnd(40, 'x'),
    sessionToken: id => `token-of-${id}`,
    mfaSeed: id => Buffer.from(`seed-of-${id}`.padEnd(40, 'x')),
    registryPassword: (id, expiresAt) => Buffer.from(`${id} ${expiresAt}`).toString('base64'),
    readRegistryPassword(password) {
      const [accessKeyId = '', expiresAt = ''] = Buffer.from(password, 'base64').toString().split(' ')
      return { accessKeyId, expiresAt: Number(expiresAt) }
    },
    newId(prefix) {
      const n = ids++
      return prefix + `${letters[n >> 5]}${letters[n & 31]}`.padStart(prefix.startsWith('AK') ? 16 : 17, 'A')
    },
  }
}

const memoryBlobs = (): Blobs => {
  const uploads = new Map<string, Buffer>()
  const blobs = new Map<string, number>()
  const upload = (id: string) => uploads.get(id) ?? Buffer.alloc(0)
  return {
    append: (id, offset, bytes) => uploads.set(id, Buffer.concat([upload(id).subarray(0, offset), bytes])),
    uploadSize: id => upload(id).length,
    uploadDigest: id => `sha256:${createHash('sha256').update(upload(id)).digest('hex')}`,
    commit: (id, digest) => void blobs.set(digest, upload(id).length),
    discard: id => void uploads.delete(id),
    size: digest => blobs.get(digest) ?? null,
    path: digest => digest,
  }
}

export const user = (name: string, account = accountId): Caller => ({
  kind: 'user',
  arn: `arn:aws:iam::${account}:user/${name}`,
  accountId: account,
  userId: 'AIDAAAAAAAAAAAAAAADMI',
  principalId: 'AIDAAAAAAAAAAAAAAADMI',
  name,
  issuerArn: `arn:aws:iam::${account}:user/${name}`,
  accessKeyId: 'AKIAAAAAAAAAAAAAADMI',
  session: null,
})

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: outputs are read by the members that AWS names
  [member: string]: any
}

/** Two accounts in memory; calls go to needs() and handle() as the server makes them, without authorization; every output must fit the service's model. */
export interface MemoryAccount {
  state: Store
  secrets: Secrets
  blobs: Blobs
  caller: Caller
  now: number
  iam(name: keyof typeof iam, input?: object): Answer
  ecr(name: keyof typeof ecr, input?: object): Answer
  needs(operation: AnyOperation, input: object): readonly Need[]
}

export const memoryAccount = (): MemoryAccount => {
  const state = memoryStore()
  const secrets = fakeSecrets()
  const blobs = memoryBlobs()
  const callOf = (input: object): Call => ({
    input: { ...input },
    caller: account.caller,
    state,
    region,
    now: account.now,
    requestId: '00000000-0000-4000-8000-000000000000',
    client: { sourceIp: '127.0.0.1', userAgent: 'test', origin: 'http://127.0.0.1:4566' },
    secrets,
    blobs,
  })
  const typed = (operation: AnyOperation) => operation as unknown as Operation<Record<string, unknown>>
  const run = (service: 'iam' | 'ecr', name: string, operation: AnyOperation, input: object): Answer => {
    typed(operation).needs(callOf(input))
    const output = typed(operation).handle(callOf(input))
    fitsModel(service, name, output)
    return output ?? {}
  }
  const account: MemoryAccount = {
    state,
    secrets,
    blobs,
    caller: user('admin'),
    now: Date.parse('2026-11-22T10:00:00Z'),
    iam: (name, input = {}) => run('iam', name, iam[name], input),
    ecr: (name, input = {}) => run('ecr', name, ecr[name], input),
    needs: (operation, input) => typed(operation).needs(callOf(input)),
  }
  createFirstAccounts(state, secrets, account.now)
  return account
}

/** `STATUS CODE: MESSAGE` of the AwsError that it throws; `no error` when it throws none. */
export const refusal = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof AwsError) return `${error.status} ${error.code}: ${error.message}`
    throw error
  }
  return 'no error'
}
