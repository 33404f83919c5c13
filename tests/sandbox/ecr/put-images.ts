import { images } from '../../../sandbox/ecr/entities.ts'
import { accountId, type MemoryAccount, region } from '../memory-account.ts'

/** Untagged images without layers, put into the state as they are. */
export const putImages = (account: MemoryAccount, repositoryName: string, count: number): void => {
  for (let n = 0; n < count; n++) {
    const imageDigest = `sha256:${n.toString(16).padStart(64, '0')}`
    const image = {
      imageDigest,
      imageTags: [],
      imageManifest: '{}',
      imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
      imageSizeInBytes: 2,
      imagePushedAt: account.now,
      layers: [],
    }
    account.state.put(images, image, accountId, region, repositoryName, imageDigest)
  }
}
