import { parseDenial } from '../../../assertions/index.ts'

/** What a lab expects of a step whose command shows this output; {} for none. */
export function draftOutcome(shown: string | null): Record<string, unknown> {
  if (shown === null) return {}
  const text = shown
    .replace(/\s*(?:<--+|←).*$/gm, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (parseDenial(text).isDenial) {
    const reason = /\b(?:because no|with an explicit deny in)\b.*$/.exec(text)?.[0]
    return { deny: reason ?? text }
  }
  const code = /An error occurred \(\s*([\w.]+)\s*\)/.exec(text)?.[1]
  if (code !== undefined) return { error: { code } }
  const output = steady(asJson(shown))
  return typeof output === 'object' && output !== null && !Array.isArray(output) ? { allow: output } : {}
}

/** Dates, digests, ids, ARNs: what differs from one account and day to the next. */
const changing =
  /^(sha256:|arn:|A[A-Z]{3}[A-Z0-9]{12,}$|\d{4}-\d\d-\d\d|[0-9a-f]{8}-[0-9a-f]{4}-|\d{12}$|\.\.\.)|\d{12}\.dkr\.ecr/

/** What of an output is the same each time; undefined: nothing of it. */
function steady(value: unknown): unknown {
  if (Array.isArray(value)) {
    const kept = value.map(steady).filter(each => each !== undefined)
    return kept.length > 0 || value.length === 0 ? kept : undefined
  }
  if (typeof value === 'object' && value !== null) {
    const kept = Object.entries(value).flatMap(([key, each]) => {
      const inner = /(At|Date|Time|Token|SecretAccessKey|SizeInBytes)$/.test(key) ? undefined : steady(each)
      return inner === undefined ? [] : [[key, inner]]
    })
    return kept.length > 0 || Object.keys(value).length === 0 ? Object.fromEntries(kept) : undefined
  }
  return typeof value === 'string' && changing.test(value) ? undefined : value
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
