import { randomUUID } from 'node:crypto'
import { createAccount } from './accounts.ts'
import { layers } from './ecr/entities.ts'
import { forgetAccount } from './forget-account.ts'
import { withSandbox } from './open.ts'
import type { Call, Caller, Secrets } from './operation.ts'
import { perform, servedOperation } from './perform.ts'
import { openBlobs } from './state/blobs.ts'
import type { Store } from './state/store.ts'
import type { ServiceName } from './wire/service-model.ts'

export interface ImageToPush {
  manifest: string
  manifestMediaType: string
  /** Config and layers. */
  blobs: readonly { digest: string; bytes: Uint8Array; mediaType: string }[]
}

/** An account of the sandbox, and its administrator at work there. */
export interface Inhabitant {
  id: string
  /** `iam:CreateRole` with AWS's own input. @throws AwsError as the service words it */
  perform(operation: string, input: Record<string, unknown>): Record<string, unknown>
  pushImage(repositoryName: string, imageTag: string, image: ImageToPush): void
}

/**
 * Fills accounts of the sandbox in one transaction, without a request: every operation is the one that is served, only nobody is asked who he is.
 * An account that is there already begins anew, empty but for its admin.
 * @throws SandboxError
 */
export const populate = (
  directory: string,
  region: string,
  work: (account: (id: string) => Inhabitant) => void,
): Promise<void> =>
  withSandbox(directory, ({ state, secrets }) => {
    const blobs = openBlobs(directory)
    const now = Date.now()
    state.write(store =>
      work(id => {
        forgetAccount(store, id)
        createAccount(store, secrets, id, now)
        const client = { sourceIp: '127.0.0.1', userAgent: 'accesslab' }
        const shared = { state: store, region, now, requestId: randomUUID(), client, secrets, blobs }
        return inhabitant({ ...shared, caller: rootOf(id, secrets), authorization: 'off' })
      }),
    )
  })

const inhabitant = (call: Omit<Call, 'input'>): Inhabitant => {
  const { caller, state, region, blobs } = call
  const id = caller.accountId
  const send: Inhabitant['perform'] = (operation, input) => {
    const [service, name] = operation.split(':') as [ServiceName, string]
    const served = servedOperation(service, name)
    if (served === undefined) throw new TypeError(`the sandbox has no operation ${operation}`)
    return perform(service, name, served, { ...call, input }, []) ?? {}
  }
  return {
    id,
    perform: send,
    pushImage(repositoryName, imageTag, { manifest, manifestMediaType, blobs: contents }) {
      for (const { digest, bytes, mediaType } of contents) {
        if (blobs.size(digest) === null) {
          const uploadId = randomUUID()
          blobs.append(uploadId, 0, bytes)
          blobs.commit(uploadId, digest)
        }
        addLayer(state, [id, region, repositoryName], digest, { size: bytes.length, mediaType })
      }
      send('ecr:PutImage', {
        repositoryName,
        imageTag,
        imageManifest: manifest,
        imageManifestMediaType: manifestMediaType,
      })
    },
  }
}

const addLayer = (
  state: Store,
  repository: readonly string[],
  digest: string,
  layer: { size: number; mediaType: string },
): void => state.put(layers, layer, ...repository, digest)

const rootOf = (id: string, secrets: Secrets): Caller => ({
  kind: 'root',
  arn: `arn:aws:iam::${id}:root`,
  accountId: id,
  userId: id,
  principalId: id,
  name: null,
  issuerArn: `arn:aws:iam::${id}:root`,
  accessKeyId: secrets.newId('AKIA'),
  session: null,
})
