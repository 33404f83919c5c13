import type { DenyFields, Expectation } from '../../assertions/index.ts'
import { milliseconds } from '../steps/fields.ts'
import type { Step } from './lab.ts'
import { isMap, type RawStep } from './raw-steps.ts'
import type { YamlSource } from './read-yaml.ts'

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const durationOf = (value: unknown): number | null => {
  const found = typeof value === 'string' ? milliseconds(value) : Number.NaN
  return Number.isNaN(found) ? null : found
}

function expectationOf(data: Readonly<Record<string, unknown>>): Expectation {
  if (typeof data.deny === 'string') return { kind: 'deny', deny: data.deny }
  if (isMap(data.deny)) return { kind: 'deny', deny: { ...data.deny } as DenyFields }
  if (isMap(data.error)) {
    const message = textOf(data.error.message)
    return { kind: 'error', code: String(data.error.code), ...(message === null ? {} : { message }) }
  }
  return { kind: 'allow', output: data.allow ?? undefined }
}

/** A Step of what is written; made of faulty data too, so that the checks that follow can say all at once. */
export function makeStep({ data, path, kinds }: RawStep, id: string, fields: unknown, source: YamlSource): Step {
  const visibility =
    data.visibility === 'shown' || data.visibility === 'hidden' || data.visibility === 'after' ? data.visibility : null
  return {
    id,
    kind: kinds[0] ?? '',
    fields,
    as: textOf(data.as),
    identity: textOf(data.identity),
    expectation: expectationOf(data),
    probes: 'allow' in data || 'deny' in data || 'error' in data,
    within: durationOf(data.within),
    stays: durationOf(data.stays),
    points: typeof data.points === 'number' ? data.points : 0,
    ...(visibility === null ? {} : { visibility }),
    hint: textOf(data.hint),
    supersedes: Array.isArray(data.supersedes) ? data.supersedes.filter(each => typeof each === 'string') : [],
    place: source.place(path),
  }
}
