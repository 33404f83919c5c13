import { z } from 'zod'
import { SandboxError } from '../sandbox-error.ts'
import type { FaultOptions } from './fault-rule.ts'

/** `250ms`, `5s`, `2m`, or a number of milliseconds. */
const duration = z
  .union([
    z.number().int().nonnegative(),
    z.string().regex(/^\d+(ms|s|m)$/, 'expected a duration such as `250ms` or `5s`'),
  ])
  .transform(value => (typeof value === 'number' ? value : Number.parseInt(value, 10) * unitOf(value)))

const unitOf = (text: string): number => (text.endsWith('ms') ? 1 : text.endsWith('s') ? 1000 : 60_000)

const count = z.number().int().nonnegative()

const rule = z.strictObject({
  kind: z.enum(['throttle', 'server-error', 'unavailable', 'reset', 'truncate', 'latency']),
  operation: z
    .string()
    .regex(
      /^(\*|(iam|sts|ecr):[A-Za-z*]+)$/,
      'expected `*`, or a service and an operation such as `ecr:ListImages` or `iam:*`',
    )
    .optional(),
  probability: z.number().min(0).max(1).optional(),
  delay: duration.optional(),
  times: count.optional(),
  after: count.optional(),
  when: z.enum(['before', 'after']).optional(),
})

const faults = z.strictObject({ seed: z.number().int().optional(), rules: z.array(rule).min(1) })

/**
 * The faults that a file asks for: `{ seed: 7, rules: [{ kind: throttle, operation: "iam:*", probability: 0.2 }] }`.
 * @param value what the YAML or JSON file holds
 * @param file its name, for the error
 * @throws SandboxError naming the place and what was expected there
 */
export const readFaults = (value: unknown, file: string): FaultOptions => {
  const result = faults.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const place = (issue?.path ?? []).reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text === '' ? '' : '.'}${String(part)}`),
    '',
  )
  throw new SandboxError(
    `\`${file}\` is no list of faults: ${place === '' ? '' : `${place}: `}${lowerFirst(issue?.message ?? 'it cannot be read')}`,
    'write `rules:` with a `kind` each, and an `operation`, a `probability`, a `delay`, `times`, `after`, `when` where wanted',
    { isUsage: true },
  )
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
