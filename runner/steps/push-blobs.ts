import pLimit from 'p-limit'
import type { Outcome } from '../../assertions/index.ts'
import type { Blob, TinyImage } from '../aws/image.ts'
import { insist } from '../aws/insist.ts'

/** As many as docker uploads at once. */
const atOnce = 5

/**
 * Pushes an image's blobs together, each by itself and again when it broke off. After a refusal no further one is begun; when this ends, none is
 * under way.
 *
 * @param upload null: it is there
 * @returns null: all are there; else the first refusal in the image's order, whichever came first
 * @see https://docs.docker.com/reference/cli/docker/image/push/ (concurrent uploads: five by default)
 */
export async function pushBlobs(
  { config, layers }: TinyImage,
  upload: (blob: Blob) => Promise<Outcome | null>,
): Promise<Outcome | null> {
  const limit = pLimit(atOnce)
  let isOver = false
  const push = async (blob: Blob): Promise<Outcome | null> => {
    if (isOver) return null
    const refused = await insist(() => upload(blob)).catch((error: unknown) => {
      isOver = true
      throw error
    })
    isOver ||= refused !== null
    return refused
  }
  const ended = await Promise.allSettled([config, ...layers].map(blob => limit(push, blob)))
  const thrown = ended.find(each => each.status === 'rejected')
  if (thrown) throw thrown.reason
  const outcomes = ended.map(each => (each.status === 'fulfilled' ? each.value : null))
  return outcomes.find(outcome => outcome !== null) ?? null
}
