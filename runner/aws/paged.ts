import type { Outcome } from '../../assertions/index.ts'

interface Caller {
  call(operation: string, input: Record<string, unknown>): Promise<Outcome>
}

/**
 * All pages of a list operation as one answer: the output's list `member` holds every element. IAM pages by Marker, ECR by nextToken. The
 * first page that is not allowed is the answer.
 */
export async function paged(
  aws: Caller,
  operation: string,
  input: Record<string, unknown>,
  member: string,
): Promise<Outcome> {
  const all: unknown[] = []
  let page: Record<string, unknown> = {}
  for (;;) {
    const outcome = await aws.call(operation, { ...input, ...page })
    if (outcome.outcome !== 'allowed') return outcome
    const output = outcome.output as Record<string, unknown>
    const list = output[member]
    if (Array.isArray(list)) all.push(...list)
    if (typeof output.Marker === 'string' && output.IsTruncated === true) page = { Marker: output.Marker }
    else if (typeof output.nextToken === 'string' && output.nextToken !== '') page = { nextToken: output.nextToken }
    else return { ...outcome, output: { ...output, [member]: all } }
  }
}
