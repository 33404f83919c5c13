import type { Outcome } from '../../assertions/index.ts'

interface Caller {
  call(operation: string, input: Record<string, unknown>): Promise<Outcome>
}

/**
 * All pages of a list operation as one answer: each list of the output that `members` names holds every element. IAM pages by Marker, ECR by
 * nextToken. The first page that is not allowed is the answer.
 */
export async function paged(
  aws: Caller,
  operation: string,
  input: Record<string, unknown>,
  ...members: readonly string[]
): Promise<Outcome> {
  const all: Record<string, unknown[]> = {}
  let page: Record<string, unknown> = {}
  for (;;) {
    const outcome = await aws.call(operation, { ...input, ...page })
    if (outcome.outcome !== 'allowed') return outcome
    const output = outcome.output as Record<string, unknown>
    for (const member of members) {
      const list = output[member]
      all[member] = [...(all[member] ?? []), ...(Array.isArray(list) ? list : [])]
    }
    if (typeof output.Marker === 'string' && output.IsTruncated === true) page = { Marker: output.Marker }
    else if (typeof output.nextToken === 'string' && output.nextToken !== '') page = { nextToken: output.nextToken }
    else return { ...outcome, output: { ...output, ...all } }
  }
}
